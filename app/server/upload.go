package server

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"os"
	"reflect"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

const uploadKey = "upload"

// upload is a body that came in whole and lies in a file without a name until
// the request is answered: no handler waits for a slow sender.
type upload struct {
	file     *os.File
	boundary string
}

// spool takes a multipart body in.
func (s *Server) spool(c *fiber.Ctx, kind string, parameters map[string]string) ([]byte, error) {
	if kind != fiber.MIMEMultipartForm || parameters["boundary"] == "" {
		return nil, unsupported()
	}
	if c.Request().Header.ContentLength() > s.limits.Upload {
		c.Context().SetConnectionClose()
		return nil, tooLarge(s.limits.Upload)
	}
	file, err := os.CreateTemp("", "steelyard-upload-")
	if err != nil {
		return nil, fmt.Errorf("making room for an upload: %w", err)
	}
	u := &upload{file, parameters["boundary"]}
	c.Locals(uploadKey, u)
	if err := os.Remove(file.Name()); err != nil {
		return nil, fmt.Errorf("making room for an upload: %w", err)
	}
	written, err := io.Copy(file, io.LimitReader(bodyStream(c), int64(s.limits.Upload)+1))
	if err != nil {
		return nil, broken(c, err)
	}
	if written > int64(s.limits.Upload) {
		c.Context().SetConnectionClose()
		return nil, tooLarge(s.limits.Upload)
	}
	c.Request().SetBody(nil)
	return u.digest(s.limits.Parts)
}

// digest reads the upload once: it is whole, and of a bounded number of parts.
func (u *upload) digest(parts int) ([]byte, error) {
	if _, err := u.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading an upload: %w", err)
	}
	h := sha256.New()
	reader := multipart.NewReader(bufio.NewReader(u.file), u.boundary)
	for n := 0; ; n++ {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return h.Sum(nil), nil
		}
		if err != nil {
			return nil, fault.Wrap(err, fault.Malformed, "request.multipart", nil)
		}
		if n == parts {
			return nil, fault.New(fault.Malformed, "request.parts", lang.Args{"max": parts})
		}
		if !readable(part.FormName()) || !readable(part.FileName()) {
			return nil, &fault.Error{Kind: fault.Invalid, Code: "request.invalid", Problems: []fault.Problem{{Path: "file", Code: "request.text"}}}
		}
		fmt.Fprintf(h, "%q %q ", part.FormName(), part.FileName())
		if _, err := io.Copy(h, part); err != nil {
			return nil, fault.Wrap(err, fault.Malformed, "request.multipart", nil)
		}
	}
}

// received gives the handler of an upload the file that was taken in: the
// generated server would look for it in memory.
func received(next api.StrictHandlerFunc, _ string) api.StrictHandlerFunc {
	return func(c *fiber.Ctx, request any) (any, error) {
		u, ok := c.Locals(uploadKey).(*upload)
		if !ok {
			return next(c, request)
		}
		if _, err := u.file.Seek(0, io.SeekStart); err != nil {
			return nil, fmt.Errorf("reading an upload: %w", err)
		}
		filled := reflect.New(reflect.TypeOf(request)).Elem()
		filled.Set(reflect.ValueOf(request))
		filled.FieldByName("Body").Set(reflect.ValueOf(multipart.NewReader(bufio.NewReader(u.file), u.boundary)))
		return next(c, filled.Interface())
	}
}

// release gives the room of an upload back.
func release(c *fiber.Ctx) error {
	err := c.Next()
	if u, ok := c.Locals(uploadKey).(*upload); ok {
		err = errors.Join(err, u.file.Close())
	}
	return err
}

var _ = lang.Register(map[string]lang.Text{
	"request.multipart": {Zh: "上传的内容不完整或无法识别", En: "the upload is not whole, or cannot be read"},
	"request.parts":     {Zh: "上传的内容超过 {max} 部分", En: "the upload has more than {max} parts"},
})
