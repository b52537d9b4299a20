package apptest_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/rbac"
)

func contract(t *testing.T) *openapi3.T {
	t.Helper()
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(api.Contract)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return doc
}

// eachOperation calls f with every operation of the contract.
func eachOperation(t *testing.T, f func(method, path string, o *openapi3.Operation)) {
	t.Helper()
	count := 0
	for path, item := range contract(t).Paths.Map() {
		for method, operation := range item.Operations() {
			f(method, path, operation)
			count++
		}
	}
	if count < 60 {
		t.Errorf("the contract has only %d operations", count)
	}
}

func TestEveryOperationSaysWhatItNeedsAndWhatItIs(t *testing.T) {
	eachOperation(t, func(method, path string, o *openapi3.Operation) {
		permission, _ := o.Extensions["x-permission"].(string)
		if permission != "public" && permission != "signed-in" && !rbac.Permission(permission).Known() {
			t.Errorf("%s %s needs the permission %q, which rbac does not know", method, path, permission)
		}
		if o.OperationID == "" || o.Summary == "" || len(o.Tags) != 1 {
			t.Errorf("%s %s lacks a name, a summary or its one tag", method, path)
		}
		if chinese, _ := o.Extensions["x-summary-zh"].(string); chinese == "" {
			t.Errorf("%s %s has no summary in Chinese", method, path)
		}
		if o.Responses.Default() == nil {
			t.Errorf("%s %s does not say how it fails", method, path)
		}
	})
}

func TestWhatIsPublicIsWrittenDown(t *testing.T) {
	var public []string
	eachOperation(t, func(_, _ string, o *openapi3.Operation) {
		if o.Extensions["x-permission"] == "public" {
			public = append(public, o.OperationID)
		}
	})
	slices.Sort(public)
	if want := []string{"about", "redeemSecret", "signIn"}; !slices.Equal(public, want) {
		t.Errorf("public are %v, want %v", public, want)
	}
}

func TestRequestBodiesTakeNoUnknownFields(t *testing.T) {
	eachOperation(t, func(method, path string, o *openapi3.Operation) {
		if o.RequestBody == nil || o.OperationID == "scoreCase" {
			return // a case is checked by scoring itself
		}
		for kind, content := range o.RequestBody.Value.Content {
			if may := content.Schema.Value.AdditionalProperties.Has; may == nil || *may {
				t.Errorf("%s %s takes unknown fields as %s", method, path, kind)
			}
		}
	})
}

func TestNoTwoOperationsOfOneMethodShareAPlaceWithAParameter(t *testing.T) {
	taken := map[string]string{} // fiber answers the first route that fits: a name beside a parameter is never reached
	eachOperation(t, func(method, path string, _ *openapi3.Operation) {
		shape := regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(path, "{}")
		if other := taken[method+shape]; other != "" {
			t.Errorf("%s %s and %s look alike", method, path, other)
		}
		taken[method+shape] = path
	})
	for place, path := range taken {
		last := place[strings.LastIndex(place, "/")+1:]
		if sibling := strings.TrimSuffix(place, last) + "{}"; last != "{}" && taken[sibling] != "" {
			t.Errorf("%s stands beside %s", path, taken[sibling])
		}
	}
}
