package app

import (
	"context"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
)

// pending are the operations of the contract whose handlers are on their way.
type pending struct{}

var errPending = fault.New(fault.NotFound, "server.not_found", nil)

func (pending) GetLineage(context.Context, api.GetLineageRequestObject) (api.GetLineageResponseObject, error) {
	return nil, errPending
}
