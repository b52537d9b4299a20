package app

import (
	"context"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/config"
	"github.com/steelyard/steelyard/app/lang"
)

// about answers what runs here.
type about struct{ serving Serving }

// About says the version and, in a demo, who may sign in.
func (a about) About(context.Context, api.AboutRequestObject) (api.AboutResponseObject, error) {
	found := api.About{Version: config.ThisBuild().Version, Demo: a.serving.Demo, Accounts: []api.DemoAccount{}}
	for _, account := range a.serving.Accounts {
		found.Accounts = append(found.Accounts, api.DemoAccount{
			Username: account.Username, Password: account.Password, Who: text(account.Who), Sees: text(account.Sees),
		})
	}
	return api.About200JSONResponse(found), nil
}

func text(t lang.Text) api.Text { return api.Text{Zh: t.Zh, En: t.En} }
