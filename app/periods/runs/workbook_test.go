package runs_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/apptest"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/periods/runs"
	"github.com/steelyard/steelyard/app/reports"
)

func TestZ05_AManagersWorkbookNamesNobodyAndNoUnitOfAnotherBranch(t *testing.T) {
	t.Parallel()
	b := newBank(t, apptest.SQLite(t))
	b.calculate()
	who := b.transferred()
	mine := map[string]bool{}
	for _, no := range b.worked(who.before) {
		mine[no] = true
	}
	manager := b.somebody("", managing(), who.before)
	w, err := b.Reports.Open(t.Context(), manager, reports.Request{Period: month, Lang: lang.Zh})
	if err != nil {
		t.Fatal(err)
	}
	var out, cards bytes.Buffer
	if err := w.WriteSummary(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if err := w.WriteCards(t.Context(), &cards, nil); err != nil {
		t.Fatal(err)
	}
	text := unzipped(t, out.Bytes())
	if !strings.Contains(text, who.no) || !strings.Contains(text, "部分可见") {
		t.Errorf("the workbook lacks %s, who was there for a part of the month", who.no)
	}
	all, _ := b.rows(b.actor, runs.PageFilter{}, "", 200)
	names := map[string]bool{}
	for _, row := range all {
		names[row.Name] = names[row.Name] || mine[row.StaffNo]
	}
	for _, row := range all {
		if !mine[row.StaffNo] && !names[row.Name] && (strings.Contains(text, ">"+row.StaffNo+"<") || strings.Contains(text, ">"+row.Name+"<")) {
			t.Errorf("the workbook names %s %s", row.StaffNo, row.Name)
		}
	}
	hidden := b.value("SELECT name FROM units WHERE code = ?", who.after)
	for what, text := range map[string]string{"the workbook": text, "a card": unzipped(t, cards.Bytes())} {
		if strings.Contains(text, hidden) {
			t.Errorf("%s names %s", what, hidden)
		}
	}
	b.publish()
	own, err := b.Reports.Open(t.Context(), b.somebody(who.no, append(belonging(), lines("self", "export.run")...), who.after), reports.Request{Period: month, Lang: lang.En})
	if err != nil || own.Members != 1 || own.Month.Scope != "Own result" {
		t.Fatalf("a member's own workbook: %+v, %v", own, err)
	}
	if err := own.WriteSummary(t.Context(), io.Discard); err != nil {
		t.Error(err)
	}
}

// unzipped gives the text of all parts of an archive, and of the archives in it.
func unzipped(t *testing.T, archive []byte) string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range r.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f.Name, ".xlsx") {
			b.WriteString(unzipped(t, content))
			continue
		}
		b.Write(content)
	}
	return b.String()
}
