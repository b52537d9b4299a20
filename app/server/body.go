package server

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/server/strict"
)

// bodyOf reads the body of a request: JSON as bytes, an upload into a file that
// the handler reads (see upload.go), nil where the operation takes none.
func (s *Server) bodyOf(c *fiber.Ctx, op *operation) ([]byte, error) {
	kind, parameters, err := contentType(c)
	switch {
	case err != nil:
		return nil, err
	case op.upload:
		return s.spool(c, kind, parameters)
	case !op.takesBody:
		return nil, s.empty(c, kind)
	case kind == "" && c.Request().Header.ContentLength() == 0:
		if op.route.Operation.RequestBody.Value.Required {
			return nil, unsupported()
		}
		return nil, nil
	case kind != fiber.MIMEApplicationJSON:
		return nil, unsupported()
	}
	body, err := s.read(c, s.limits.Body)
	if err != nil {
		return nil, err
	}
	c.Request().SetBody(body)
	return body, strict.Check(body)
}

// contentType gives what the body is said to be; nothing if nothing is said.
func contentType(c *fiber.Ctx) (kind string, parameters map[string]string, err error) {
	if encoding := c.Get(fiber.HeaderContentEncoding); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return "", nil, unsupported()
	}
	header := string(c.Request().Header.ContentType())
	if header == "" {
		return "", nil, nil
	}
	kind, parameters, err = mime.ParseMediaType(header)
	if err != nil {
		return "", nil, unsupported()
	}
	if charset, ok := parameters["charset"]; ok && !strings.EqualFold(charset, "utf-8") {
		return "", nil, unsupported()
	}
	return kind, parameters, nil
}

func unsupported() error { return fiber.ErrUnsupportedMediaType }

// empty refuses a body where none is taken; an empty JSON type does no harm.
func (s *Server) empty(c *fiber.Ctx, kind string) error {
	if kind != "" && kind != fiber.MIMEApplicationJSON {
		return unsupported()
	}
	body, err := s.read(c, 2)
	if err != nil || len(body) > 0 && string(body) != "{}" {
		c.Context().SetConnectionClose()
		return fault.New(fault.Malformed, "request.body", nil)
	}
	c.Request().SetBody(nil)
	return nil
}

// read reads the whole body, of at most a number of bytes. The connection of one
// that is larger, or that does not come, ends with the answer.
func (s *Server) read(c *fiber.Ctx, limit int) ([]byte, error) {
	if c.Request().Header.ContentLength() > limit {
		c.Context().SetConnectionClose()
		return nil, tooLarge(limit)
	}
	body, err := io.ReadAll(io.LimitReader(bodyStream(c), int64(limit)+1))
	if err != nil {
		return nil, broken(c, err)
	}
	if len(body) > limit {
		c.Context().SetConnectionClose()
		return nil, tooLarge(limit)
	}
	return body, nil
}

func bodyStream(c *fiber.Ctx) io.Reader {
	if stream := c.Context().RequestBodyStream(); stream != nil {
		return stream
	}
	return strings.NewReader(string(c.Request().Body()))
}

// broken is the error of a body that could not be read to its end.
func broken(c *fiber.Ctx, err error) error {
	c.Context().SetConnectionClose()
	var slow net.Error
	if errors.As(err, &slow) && slow.Timeout() {
		return fiber.ErrRequestTimeout
	}
	return fault.Wrap(err, fault.Malformed, "request.cut", nil)
}

func tooLarge(limit int) error {
	return fault.New(fault.TooLarge, "request.too_large", lang.Args{"limit": sized(limit)})
}

func sized(bytes int) string {
	if bytes >= 1<<20 {
		return fmt.Sprintf("%d MB", bytes>>20)
	}
	return fmt.Sprintf("%d KB", (bytes+1023)>>10)
}

// readable says whether a text has characters that are kept as they are.
func readable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

var _ = lang.Register(map[string]lang.Text{
	"request.body":      {Zh: "这个操作不接受请求内容", En: "this operation takes no body"},
	"request.cut":       {Zh: "请求内容不完整", En: "the body ends too early"},
	"request.too_large": {Zh: "请求内容超过 {limit}", En: "the body is larger than {limit}"},
})
