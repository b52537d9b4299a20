package server

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

// The words of x-permission that are no permissions.
const (
	public   = "public"
	signedIn = "signed-in"
)

// operation is one operation of the contract, made ready for requests.
type operation struct {
	id         string
	method     string
	path       string // as the router writes it
	permission string // public, signed-in, or a permission
	upload     bool   // takes multipart/form-data
	takesBody  bool
	looking    bool            // pages ask it over and over
	query      map[string]bool // the parameters it knows
	route      *routers.Route
}

// needs is the permission that the operation names, or nothing.
func (o *operation) needs() (rbac.Permission, bool) {
	return rbac.Permission(o.permission), o.permission != public && o.permission != signedIn
}

// contract is the contract with what requests are compared with.
type contract struct {
	doc        *openapi3.T
	base       string // the path of the server, such as /api/v1
	operations []*operation

	writing sync.Mutex
	pages   map[lang.Language][]byte // the reference, once it was asked for
}

// theContract is that of the product; reading it takes a while, and it never changes.
var theContract = sync.OnceValues(func() (*contract, error) { return readContract(api.Contract) })

// readContract reads a contract; one that does not say who may do what is an error.
func readContract(text []byte) (*contract, error) {
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("reading the contract: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("the contract is wrong: %w", err)
	}
	if len(doc.Servers) != 1 {
		return nil, errors.New("the contract names no server, or several")
	}
	c := &contract{doc: doc, base: doc.Servers[0].URL, pages: map[lang.Language][]byte{}}
	for _, path := range doc.Paths.InMatchingOrder() {
		item := doc.Paths.Value(path)
		for method, op := range item.Operations() {
			made, err := c.operation(path, method, item, op)
			if err != nil {
				return nil, err
			}
			c.operations = append(c.operations, made)
		}
	}
	slices.SortFunc(c.operations, func(a, b *operation) int { return strings.Compare(a.path+a.method, b.path+b.method) })
	return c, nil
}

var pathParameter = regexp.MustCompile(`\{([a-z_]+)\}`)

func (c *contract) operation(path, method string, item *openapi3.PathItem, op *openapi3.Operation) (*operation, error) {
	permission, _ := op.Extensions["x-permission"].(string)
	if permission != public && permission != signedIn && !slices.Contains(rbac.Permissions(), rbac.Permission(permission)) {
		return nil, fmt.Errorf("%s %s needs the permission %q, which does not exist", method, path, permission)
	}
	made := &operation{
		id: op.OperationID, method: method, looking: op.OperationID == "getJob", permission: permission, query: map[string]bool{},
		path:  c.base + pathParameter.ReplaceAllString(path, ":$1"),
		route: &routers.Route{Spec: c.doc, Server: c.doc.Servers[0], Path: path, PathItem: item, Method: method, Operation: op},
	}
	for _, p := range op.Parameters {
		if p.Value.In == openapi3.ParameterInQuery {
			made.query[p.Value.Name] = true
		}
	}
	if body := op.RequestBody; body != nil {
		made.takesBody = true
		made.upload = body.Value.Content["multipart/form-data"] != nil
	}
	return made, nil
}
