package app

import (
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/imports"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/people"
	"github.com/steelyard/steelyard/app/people/desk"
	"github.com/steelyard/steelyard/app/people/grants"
	"github.com/steelyard/steelyard/app/people/users"
	"github.com/steelyard/steelyard/app/periods"
	"github.com/steelyard/steelyard/app/periods/facts"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reviews"
	"github.com/steelyard/steelyard/app/scorecards"
	"github.com/steelyard/steelyard/app/server"
)

// handlers are those of every operation of the contract: one that is missing
// does not compile.
type handlers struct {
	about
	*ofSignIn
	*ofAudit
	*ofJobs
	*ofImports
	*ofPeople
	*ofUsers
	*ofGrants
	*ofDesk
	*ofCards
	*ofPeriods
	*ofFacts
	*ofRuns
	*ofReviews
}

var _ api.StrictServerInterface = handlers{}

// A struct has each name of what is embedded in it once.
type (
	ofSignIn  = auth.HTTP
	ofAudit   = audit.HTTP
	ofJobs    = jobs.HTTP
	ofImports = imports.HTTP
	ofPeople  = people.HTTP
	ofUsers   = users.HTTP
	ofGrants  = grants.HTTP
	ofDesk    = desk.HTTP
	ofCards   = scorecards.HTTP
	ofPeriods = periods.HTTP
	ofFacts   = facts.HTTP
	ofRuns    = runs.HTTP
	ofReviews = reviews.HTTP
)

// handlers makes those of every feature.
func (s *Service) handlers(o Serving) handlers {
	a := s.app
	return handlers{
		about:     about{o},
		ofSignIn:  auth.NewHTTP(a.Auth, auth.HTTPOptions{Profile: a.profile, Zone: a.zone, PublicURL: o.PublicURL}),
		ofAudit:   audit.NewHTTP(a.Audit),
		ofJobs:    jobs.NewHTTP(a.Jobs, server.StatusOf),
		ofImports: imports.NewHTTP(a.Imports),
		ofPeople:  people.NewHTTP(a.People, a.Today),
		ofUsers:   users.NewHTTP(a.Users),
		ofGrants:  grants.NewHTTP(a.Grants),
		ofDesk:    desk.NewHTTP(a.Desk),
		ofCards:   scorecards.NewHTTP(a.Cards),
		ofPeriods: periods.NewHTTP(a.Periods),
		ofFacts:   facts.NewHTTP(a.Facts),
		ofRuns:    runs.NewHTTP(a.Runs),
		ofReviews: reviews.NewHTTP(a.Reviews),
	}
}
