package jobs_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/api"
	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/jobs"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/rbac"
)

func refuse(context.Context, rbac.Actor, json.RawMessage) error {
	return fault.New(fault.Invalid, "test.wrong", lang.Args{"what": "x", "rows": 1})
}

func TestF09_ANameOfAFileIsMadeHarmless(t *testing.T) {
	for name, want := range map[string]string{
		"2026-10.xlsx": "2026-10.xlsx", "业绩 十月.xlsx": "业绩 十月.xlsx",
		"../../etc/passwd": "passwd", `C:\Users\me\a.csv`: "a.csv", "..": "", ".htaccess": "htaccess", "": "", "/": "",
		"a\x00b\r\nSet-Cookie: x.csv": "abSet-Cookie x.csv", "evil\u202Excod.xlsx": "evilxcod.xlsx", "a<b>\"c\".csv": "abc.csv",
	} {
		if got := jobs.Harmless(name); got != want {
			t.Errorf("%q becomes %q", name, got)
		}
	}
	if long := jobs.Harmless(strings.Repeat("长", 300) + ".xlsx"); utf8.RuneCountInString(long) > 120 || !strings.HasSuffix(long, ".xlsx") {
		t.Errorf("a long name becomes %q", long)
	}
}

func TestF10_ADownloadIsSavedAndShownNowhere(t *testing.T) {
	d := apptest.SQLite(t)
	s := service(t, d, exports("export"))
	start(t, s)
	me := user(t, d, 1)
	id := ask(t, s, me, "export").ID
	ended(t, s, id)
	h := jobs.NewHTTP(s, func(fault.Kind) int { return 400 })
	app := fiber.New()
	app.Get("/", func(c *fiber.Ctx) error {
		ctx, cancel := context.WithCancel(access.With(context.Background(), me))
		defer cancel() // as the deadline of a handler does before the body is sent
		answer, err := h.GetJobFile(ctx, api.GetJobFileRequestObject{Id: id})
		if err != nil {
			return err
		}
		return answer.VisitGetJobFileResponse(c)
	})
	response, err := app.Test(httptest.NewRequest(http.MethodGet, "/", nil), -1)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || len(content) != 2_000_000 {
		t.Errorf("%d bytes came, %v", len(content), err)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/octet-stream", "Content-Disposition": `attachment; filename="2026-10.xlsx"; filename*=UTF-8''2026-10.xlsx`,
		"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store", "Content-Length": "2000000",
	} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
}

func TestADispositionCarriesAnyName(t *testing.T) {
	for _, name := range []string{"业绩 十月.xlsx", `a"b;c\.csv`, "100% + 1.csv"} {
		_, parameters, err := mime.ParseMediaType(jobs.Disposition(name))
		if err != nil || parameters["filename"] != name {
			t.Errorf("%q comes back as %q, %v", name, parameters["filename"], err)
		}
	}
}

// form makes a multipart form of pairs; the value of "file" is a file.
func form(t *testing.T, pairs ...string) *multipart.Reader {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		var part io.Writer
		var err error
		if pairs[i] == "file" {
			part, err = w.CreateFormFile("file", "十月.csv")
		} else {
			part, err = w.CreateFormField(pairs[i])
		}
		if err == nil {
			_, err = io.WriteString(part, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return multipart.NewReader(&b, w.Boundary())
}

func TestAnUploadBecomesAnImportWithItsOptions(t *testing.T) {
	d := apptest.SQLite(t)
	s := service(t, d, kind(jobs.Import, func(_ context.Context, w *jobs.Work) (any, error) {
		var args jobs.ImportArgs
		err := w.Args(&args)
		return args, err
	}))
	start(t, s)
	me := user(t, d, 1)
	h := jobs.NewHTTP(s, func(fault.Kind) int { return 400 })
	answer, err := h.CreateImport(access.With(t.Context(), me), api.CreateImportRequestObject{
		Body: form(t, "kind", "actuals", "replace", "true", "draft", "false", "file", "a,b\n", "period", "2026-10", "dry_run", "true"),
	})
	if err != nil {
		t.Fatal(err)
	}
	asked := answer.(api.CreateImport202JSONResponse)
	if asked.Kind != "import" || asked.Subject != "actuals" || asked.MadeBy != me.Name {
		t.Errorf("the answer is %+v", asked)
	}
	want := `{"kind":"actuals","replace":true,"dry_run":true,"period":"2026-10"}`
	if job := ended(t, s, asked.Id); string(job.Result) != want {
		t.Errorf("the import was asked for with %s", job.Result)
	}
}

func TestAWrongUploadIsRefusedAndNothingStays(t *testing.T) {
	d := apptest.SQLite(t)
	s := service(t, d, kind(jobs.Import, nothing))
	h := jobs.NewHTTP(s, func(fault.Kind) int { return 400 })
	for name, pairs := range map[string][]string{
		"there is no file":                {"kind", "actuals"},
		"there is no kind":                {"file", "a"},
		"the kind is unknown":             {"file", "a", "kind", "secrets"},
		"a field is unknown":              {"file", "a", "kind", "actuals", "owner", "me"},
		"a field stands there twice":      {"file", "a", "kind", "actuals", "kind", "units"},
		"two files":                       {"kind", "actuals", "file", "a", "file", "b"},
		"a flag is neither true or false": {"file", "a", "kind", "actuals", "replace", "1"},
		"a period is none":                {"file", "a", "kind", "actuals", "period", "2026"},
		"a field is endless":              {"file", "a", "kind", "actuals", "period", strings.Repeat("2026-10", 100)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := h.CreateImport(access.With(t.Context(), operator), api.CreateImportRequestObject{Body: form(t, pairs...)})
			if code(err) != "job.upload.wrong" || fault.KindOf(err) != fault.Invalid {
				t.Errorf("it is %v", err)
			}
			if n := count(t, d, "SELECT count(*) FROM files") + count(t, d, "SELECT count(*) FROM jobs"); n != 0 {
				t.Errorf("%d rows stayed", n)
			}
		})
	}
}

func TestAFailedJobIsToldInTheLanguageOfTheRequest(t *testing.T) {
	d := apptest.SQLite(t)
	s := service(t, d, kind(jobs.Run, func(context.Context, *jobs.Work) (any, error) {
		wrong := fault.New(fault.Conflict, "test.wrong", lang.Args{"what": lang.Text{Zh: "文件", En: "the file"}, "rows": 1})
		wrong.Problems = []fault.Problem{{Row: 3, Column: "值", Code: "test.row", Args: lang.Args{"value": "7"}}}
		return nil, wrong
	}))
	start(t, s)
	h := jobs.NewHTTP(s, func(k fault.Kind) int { return 400 + int(k) })
	id := ask(t, s, operator, jobs.Run).ID
	ended(t, s, id)
	ctx := lang.With(access.With(t.Context(), operator), lang.Zh)
	answer, err := h.GetJob(ctx, api.GetJobRequestObject{Id: id})
	if err != nil {
		t.Fatal(err)
	}
	p := answer.(api.GetJob200JSONResponse).Problem
	if p == nil || p.Status != 400+int(fault.Conflict) || p.Code != "test.wrong" || p.Title != "文件有1行错误" {
		t.Fatalf("the problem is %+v", p)
	}
	if at := (*p.Problems)[0]; at.Message != "值7不对" || *at.Row != 3 || *at.Column != "值" {
		t.Errorf("the place is %+v", at)
	}
}
