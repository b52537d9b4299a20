package server

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
)

// rules are those that the contract names and its schema cannot say: they stand
// in the tags of the generated models (x-oapi-codegen-extra-tags).
var rules = newRules()

func newRules() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	return v
}

// ruled looks at the body of a request before its handler does.
func ruled(next api.StrictHandlerFunc, _ string) api.StrictHandlerFunc {
	return func(c *fiber.Ctx, request any) (any, error) {
		body := reflect.ValueOf(request).FieldByName("Body")
		if body.Kind() == reflect.Pointer && !body.IsNil() && body.Elem().Kind() == reflect.Struct && operationOf(c) != nil && !operationOf(c).upload {
			if err := obeys(body.Interface()); err != nil {
				return nil, err
			}
		}
		return next(c, request)
	}
}

func obeys(body any) error {
	err := rules.Struct(body)
	var broken validator.ValidationErrors
	if err == nil {
		return nil
	}
	if !errors.As(err, &broken) {
		return fmt.Errorf("checking a body: %w", err)
	}
	made := &fault.Error{Kind: fault.Invalid, Code: "request.invalid", Cause: err}
	for _, b := range broken {
		_, path, _ := strings.Cut(b.Namespace(), ".")
		made.Problems = append(made.Problems, fault.Problem{Path: path, Code: "request.format"})
	}
	return made
}
