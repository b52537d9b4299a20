package app

import (
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/app/server"
)

// handlers are those of every operation of the contract: one that is missing
// does not compile.
type handlers struct {
	*ofSignIn
	*ofJobs
	*ofImports
	*ofUsers
	*ofGrants
	*ofPeople
	*ofCards
	*ofPeriods
	*ofRuns
	*ofAudit
	unwritten
}

// A struct has each of its embedded names once.
type (
	ofSignIn  = auth.HTTP
	ofJobs    = jobs.HTTP
	ofImports = imports.HTTP
	ofUsers   = users.HTTP
	ofGrants  = grants.HTTP
	ofAudit   = audit.HTTP
	ofRuns    = runs.HTTP
	ofPeriods = periods.HTTP
	ofCards   = scorecards.HTTP
	ofPeople  = people.HTTP
)

type unwritten struct{ api.StrictServerInterface }

// handlers makes those of every feature.
func (s *Service) handlers(o Serving) handlers {
	return handlers{
		ofSignIn:  auth.NewHTTP(s.app.Auth, auth.HTTPOptions{Profile: s.app.profile, Zone: s.app.zone, PublicURL: o.PublicURL}),
		ofJobs:    jobs.NewHTTP(s.app.Jobs, server.StatusOf),
		ofImports: imports.NewHTTP(s.app.Imports),
		ofUsers:   users.NewHTTP(s.app.Users),
		ofGrants:  grants.NewHTTP(s.app.Grants),
		ofAudit:   audit.NewHTTP(s.app.Audit),
		ofRuns:    runs.NewHTTP(s.app.Runs),
		ofPeriods: periods.NewHTTP(s.app.Periods),
		ofCards:   scorecards.NewHTTP(s.app.Cards),
		ofPeople:  people.NewHTTP(s.app.People, func() db.Date { return today(s.app) }),
	}
}
