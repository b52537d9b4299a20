package jobs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// GetJobFile hands out the file of a job.
func (h *HTTP) GetJobFile(ctx context.Context, r api.GetJobFileRequestObject) (api.GetJobFileResponseObject, error) {
	file, content, err := h.service.Download(ctx, access.ActorOf(ctx), r.Id)
	if err != nil {
		return nil, err
	}
	return download{file, content}, nil
}

// download sends a file part by part. A browser saves it, and shows it nowhere.
type download struct {
	file    *File
	content io.Reader
}

// VisitGetJobFileResponse sends the file.
func (d download) VisitGetJobFileResponse(c *fiber.Ctx) error {
	for name, value := range map[string]string{
		fiber.HeaderContentType:           fiber.MIMEOctetStream, // as the contract says; its name tells what it is
		fiber.HeaderContentDisposition:    disposition(d.file.Name),
		fiber.HeaderXContentTypeOptions:   "nosniff",
		fiber.HeaderContentSecurityPolicy: "default-src 'none'; sandbox",
		"Cross-Origin-Resource-Policy":    "same-origin",
		fiber.HeaderCacheControl:          "no-store",
	} {
		c.Set(name, value)
	}
	return c.Status(fiber.StatusOK).SendStream(sent{d.content}, int(d.file.Size))
}

// sent is read after the handler has returned, where nobody else catches a panic:
// it costs the one answer.
type sent struct{ io.Reader }

func (s sent) Read(p []byte) (n int, err error) {
	defer func() {
		if v := recover(); v != nil {
			n, err = 0, fmt.Errorf("reading a file: %v", v)
		}
	}()
	return s.Reader.Read(p)
}

// disposition is that of a file to be saved, with its name in every script.
func disposition(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + strings.ReplaceAll(url.QueryEscape(name), "+", "%20")
}

// CreateImport takes a file in and asks for its import.
func (h *HTTP) CreateImport(ctx context.Context, r api.CreateImportRequestObject) (api.CreateImportResponseObject, error) {
	if r.Body == nil {
		return nil, fault.Wrap(errNoUpload, fault.Malformed, "job.upload", nil)
	}
	actor := access.ActorOf(ctx)
	form := upload{service: h.service, madeBy: actor.Name, seen: map[string]bool{}}
	if err := form.read(ctx, r.Body); err != nil {
		return nil, errors.Join(err, form.drop(ctx))
	}
	shown, err := h.ask(ctx, Order{Kind: Import, Subject: form.args.Kind, Args: form.args, Input: form.file})
	return api.CreateImport202JSONResponse(shown), err
}

// maxField is how long a field of a form may be, in bytes.
const maxField = 256

var periodCode = regexp.MustCompile(`^(\d{4}-\d{2})?$`)

// upload is a form with a file, being read.
type upload struct {
	service *Service
	madeBy  string
	args    ImportArgs
	file    *File
	seen    map[string]bool
}

// read reads the form from its start to its end, the file straight into the database.
func (u *upload) read(ctx context.Context, form *multipart.Reader) error {
	for {
		part, err := form.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fault.Wrap(err, fault.Malformed, "job.upload", nil)
		}
		name := part.FormName()
		if u.seen[name] {
			return wrongField(name, "job.upload.twice")
		}
		u.seen[name] = true
		if err := u.take(ctx, name, part); err != nil {
			return err
		}
	}
	switch {
	case u.args.Kind == "":
		return wrongField("kind", "job.upload.missing")
	case u.file == nil:
		return wrongField("file", "job.upload.missing")
	}
	return nil
}

func (u *upload) take(ctx context.Context, name string, part *multipart.Part) (err error) {
	if name == "file" {
		return u.takeFile(ctx, part)
	}
	content, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return fault.Wrap(err, fault.Malformed, "job.upload", nil)
	}
	text := string(content)
	if len(content) > maxField || part.FileName() != "" {
		return wrongField(name, "job.upload.value")
	}
	flag := map[string]*bool{
		"skip_errors": &u.args.SkipErrors, "replace": &u.args.Replace, "allow_formulas": &u.args.AllowFormulas,
		"dry_run": &u.args.DryRun, "draft": &u.args.Draft,
	}[name]
	switch {
	case name == "kind":
		u.args.Kind = text
		if !api.ImportUploadKind(text).Valid() {
			return wrongField(name, "job.upload.value")
		}
	case name == "period":
		u.args.Period = text
		if !periodCode.MatchString(text) {
			return wrongField(name, "job.upload.value")
		}
	case flag == nil:
		return wrongField(name, "job.upload.unknown")
	case text == "true" || text == "false":
		*flag, err = strconv.ParseBool(text)
	default:
		return wrongField(name, "job.upload.value")
	}
	return err
}

func (u *upload) takeFile(ctx context.Context, part *multipart.Part) error {
	name := harmless(part.FileName())
	if name == "" {
		return wrongField("file", "job.upload.value")
	}
	file, err := u.service.files.Put(ctx, u.madeBy, name, "application/octet-stream", MaxInput, part)
	if err != nil {
		return err
	}
	u.file = file
	return nil
}

// drop removes the file of a form that is not taken.
func (u *upload) drop(ctx context.Context) error {
	if u.file == nil {
		return nil
	}
	return u.service.files.Remove(context.WithoutCancel(ctx), u.file.ID)
}

func wrongField(name, code string) error {
	return &fault.Error{Kind: fault.Invalid, Code: "job.upload.wrong", Problems: []fault.Problem{{Path: name, Code: code}}}
}

// maxName is how many characters of a file's name are kept.
const maxName = 120

// harmless is what a file is called in messages and in the trail: the last part
// of the name that the caller gave, without what cannot be seen or turns the
// direction of a text. No file of ours lies under it.
func harmless(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, name))
	runes := []rune(strings.TrimLeft(name, "."))
	if len(runes) > maxName {
		runes = runes[len(runes)-maxName:] // the ending says what it is
	}
	return string(runes)
}

var _ = lang.Register(map[string]lang.Text{
	"job.upload":         {Zh: "上传的内容不完整或无法识别", En: "the upload is not whole, or cannot be read"},
	"job.upload.wrong":   {Zh: "上传的表单有误", En: "the form of the upload is wrong"},
	"job.upload.missing": {Zh: "缺少这一项", En: "this field is missing"},
	"job.upload.twice":   {Zh: "这一项只能出现一次", En: "this field may stand there once"},
	"job.upload.unknown": {Zh: "没有这一项", En: "there is no such field"},
	"job.upload.value":   {Zh: "这一项的值不在允许的范围内", En: "the value of this field is not one of those allowed"},
})
