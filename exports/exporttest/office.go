// Package exporttest opens workbooks with the programs that their readers use.
package exporttest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// profile tells LibreOffice to recalculate every formula when it opens a file;
// left alone it shows the saved values, and a test of formulas would prove nothing.
const profile = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// office is not to be started twice at once by one test binary: the second would wait for the first's profile.
var office sync.Mutex

// Recalculate lets LibreOffice open the files, work out every formula anew, and
// save each as xlsx; it gives the paths of the new files in the same order.
func Recalculate(t testing.TB, files ...string) []string {
	t.Helper()
	return convert(t, "xlsx:Calc MS Excel 2007 XML", "xlsx", files)
}

// Print lets LibreOffice print the files to PDF.
func Print(t testing.TB, files ...string) []string {
	t.Helper()
	return convert(t, "pdf:calc_pdf_Export", "pdf", files)
}

func convert(t testing.TB, filter, extension string, files []string) []string {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatal("LibreOffice is missing: install the package libreoffice-calc (and fonts-noto-cjk)")
	}
	office.Lock()
	defer office.Unlock()
	dir, home := t.TempDir(), t.TempDir()
	writeProfile(t, home)
	args := []string{"-env:UserInstallation=file://" + home, "--headless", "--convert-to", filter, "--outdir", dir}
	out, err := exec.Command(program, append(args, files...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	results := make([]string, len(files))
	for i, file := range files {
		base := filepath.Base(file)
		results[i] = filepath.Join(dir, strings.TrimSuffix(base, filepath.Ext(base))+"."+extension)
		if _, err := os.Stat(results[i]); err != nil {
			t.Fatalf("LibreOffice made no %s of %s:\n%s", extension, base, out)
		}
	}
	return results
}

func writeProfile(t testing.TB, home string) {
	t.Helper()
	user := filepath.Join(home, "user")
	if err := os.MkdirAll(user, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(profile), 0o644); err != nil {
		t.Fatal(err)
	}
}
