package sheets

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
)

// soundSheet is a table of one row that is imported when nothing else is wrong.
var soundSheet = sheetData(inline(1, "工号", "实际值"), inline(2, "007001", "5"))

func TestF01_AFileIsTakenByItsContentAndItsName(t *testing.T) {
	book := one(t, soundSheet)
	plainZip := pack(t, []part{{"a.txt", "hello"}})
	pdf := []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj")
	for name, c := range map[string]struct {
		file    string
		content []byte
	}{
		"a program called .xlsx":              {"a.xlsx", append([]byte("\x7FELF\x02\x01\x01"), make([]byte, 100)...)},
		"a plain zip called .xlsx":            {"a.xlsx", plainZip},
		"a page called .xlsx":                 {"a.xlsx", []byte("<html><script>alert(1)</script></html>")},
		"a text called .xlsx":                 {"a.xlsx", []byte("工号,实际值\n1,2\n")},
		"a workbook called .pdf":              {"a.pdf", book},
		"a workbook called .csv":              {"a.csv", book},
		"a workbook without an extension":     {"a", book},
		"a workbook behind a picture":         {"a.xlsx", append([]byte("GIF89a"), book...)},
		"a workbook behind a PDF":             {"a.xlsx", append(bytes.Clone(pdf), book...)},
		"a PDF called .csv":                   {"a.csv", pdf},
		"a page called .csv":                  {"a.csv", []byte("\xEF\xBB\xBF <!DOCTYPE html><html></html>")},
		"a drawing called .csv":               {"a.csv", []byte("<svg onload='alert(1)'></svg>")},
		"a program called .csv":               {"a.csv", append([]byte("MZ\x90\x00\x03"), make([]byte, 50)...)},
		"an old workbook called .csv":         {"a.csv", append(bytes.Clone(oleMagic), make([]byte, 600)...)},
		"an empty file":                       {"a.csv", nil},
		"an empty workbook":                   {"a.xlsx", []byte("PK\x05\x06" + strings.Repeat("\x00", 18))},
		"a template called .xlsx":             {"a.xlsx", withType(t, "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml")},
		"a Word document called .xlsx":        {"a.xlsx", withType(t, "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")},
		"a workbook with a page behind it":    {"a.xlsx", append(bytes.Clone(book), "<html></html>"...)},
		"a workbook whose beginning is gone":  {"a.xlsx", append([]byte("PK\x03\x04"), book[40:]...)},
		"a workbook whose last bytes are cut": {"a.xlsx", book[:len(book)-9]},
	} {
		t.Run(name, func(t *testing.T) { refused(t, c.file, c.content) })
	}
	if n := len(readBook(t, book).rows); n != 1 {
		t.Errorf("the sound workbook has %d rows", n)
	}
	if _, err := read("A.XLSX", book, Options{}, facts); err != nil {
		t.Errorf("capitals in the extension: %v", err)
	}
}

// withType makes a sound workbook that is declared as something else.
func withType(t *testing.T, kind string) []byte {
	t.Helper()
	parts := bookParts(nil, soundSheet)
	parts[0].text = strings.Replace(parts[0].text, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", kind, 1)
	return pack(t, parts)
}

func TestF02_ActiveContentIsRefused(t *testing.T) {
	for _, extension := range []string{".xlsm", ".xlsb", ".xls", ".xltm", ".XLSM", ".xlam"} {
		refused(t, "f"+extension, one(t, soundSheet), "file.active_kind")
	}
	for _, name := range []string{
		"xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin",
		"xl/activeX/activeX1.xml", "xl/connections.xml", "xl/macrosheets/sheet1.xml", "xl/queryTables/queryTable1.xml",
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, "f.xlsx", pack(t, append(bookParts(nil, soundSheet), part{name, "<x/>"})), "file.active_content")
		})
	}
	t.Run("a macro project under another name", func(t *testing.T) {
		parts := bookParts(nil, soundSheet)
		parts[0].text = strings.Replace(parts[0].text, "</Types>", `<Override PartName="/xl/a.dat" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1)
		refused(t, "f.xlsx", pack(t, append(parts, part{"xl/a.dat", "x"})), "file.active_content")
	})
	t.Run("a macro project by its extension", func(t *testing.T) {
		parts := bookParts(nil, soundSheet)
		parts[0].text = strings.Replace(parts[0].text, "</Types>", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1)
		refused(t, "f.xlsx", pack(t, append(parts, part{"xl/a.bin", "x"})), "file.active_content")
	})
	t.Run("a workbook with macros called .xlsx", func(t *testing.T) {
		refused(t, "f.xlsx", withType(t, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "file.active_content")
	})
	t.Run("a relationship that points out of the file", func(t *testing.T) {
		rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + typeOf + `image" Target="http://127.0.0.1/x.png" TargetMode="External"/></Relationships>`
		refused(t, "f.xlsx", pack(t, append(bookParts(nil, soundSheet), part{"xl/worksheets/_rels/sheet1.xml.rels", rels})), "file.active_content")
	})
	t.Run("a formula that asks a program", func(t *testing.T) {
		sheet := sheetData(inline(1, "工号", "实际值"), `<row r="2"><c r="A2"><f>cmd|'/c calc'!A0</f><v>1</v></c></row>`)
		refused(t, "f.xlsx", one(t, sheet), "file.active_content")
	})
}

func TestF02_AHyperlinkIsNoActiveContent(t *testing.T) {
	rels := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="` + typeOf + `hyperlink" Target="mailto:hr@example.com" TargetMode="External"/></Relationships>`
	content := pack(t, append(bookParts(nil, soundSheet), part{"xl/worksheets/_rels/sheet1.xml.rels", rels}))
	if n := len(readBook(t, content).rows); n != 1 {
		t.Errorf("%d rows", n)
	}
}

func TestF03_AnEncryptedWorkbookIsRefusedByItsFirstBytes(t *testing.T) {
	content := append(bytes.Clone(oleMagic), make([]byte, 12_000)...)
	source := &countedReader{content: content}
	_, err := OpenReader(source, int64(len(content)), "f.xlsx", Options{})
	refusedWith(t, err, "file.encrypted")
	if source.read > 512 {
		t.Errorf("%d bytes were read before the refusal", source.read)
	}
	t.Run("an encrypted zip entry", func(t *testing.T) {
		book := one(t, soundSheet)
		at := bytes.Index(book, []byte("PK\x01\x02"))
		book[at+8] |= 1
		refused(t, "f.xlsx", book, "file.encrypted")
	})
}

// countedReader counts what is asked of it.
type countedReader struct {
	content []byte
	read    int
}

func (c *countedReader) ReadAt(p []byte, offset int64) (int, error) {
	n, err := bytes.NewReader(c.content).ReadAt(p, offset)
	c.read += n
	return n, err
}

func TestF04_ABombIsRefusedBeforeItIsUnpacked(t *testing.T) {
	t.Run("1 MB that unpacks to 1 GB", func(t *testing.T) {
		refused(t, "f.xlsx", bomb(t, 1<<30), "file.unpacked")
	})
	t.Run("a part that is compressed a thousand times", func(t *testing.T) {
		refused(t, "f.xlsx", bomb(t, 64<<20), "file.bomb")
	})
	t.Run("a zip inside", func(t *testing.T) {
		refused(t, "f.xlsx", pack(t, append(bookParts(nil, soundSheet), part{"xl/media/a.zip", "PK"})), "file.archive")
	})
	t.Run("a zip of zips", func(t *testing.T) {
		refused(t, "f.xlsx", pack(t, []part{{"a.zip", "PK"}, {"b.zip", "PK"}}), "file.archive")
	})
	t.Run("65,000 entries", func(t *testing.T) {
		var parts []part
		for i := range 65_000 {
			parts = append(parts, part{fmt.Sprint(i), ""})
		}
		refused(t, "f.xlsx", pack(t, parts), "file.archive")
	})
	t.Run("more entries than the directory's end says", func(t *testing.T) {
		var parts []part
		for i := range 20_000 {
			parts = append(parts, part{fmt.Sprint(i), ""})
		}
		content := pack(t, parts)
		end := len(content) - 22
		binary.LittleEndian.PutUint16(content[end+8:], 5)
		binary.LittleEndian.PutUint16(content[end+10:], 5)
		refused(t, "f.xlsx", content, "file.archive")
	})
	t.Run("overlapping entries", func(t *testing.T) { refused(t, "f.xlsx", overlapping(t), "file.archive") })
	t.Run("a file larger than the limit", func(t *testing.T) {
		_, err := OpenReader(bytes.NewReader(nil), 50_000_001, "f.xlsx", Options{})
		refusedWith(t, err, "file.too_big")
	})
}

// bomb makes a workbook whose sheet unpacks to size zero bytes; packed it is a
// thousandth of that.
func bomb(t *testing.T, size int) []byte {
	t.Helper()
	var block, out bytes.Buffer
	deflate, err := flate.NewWriter(&block, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = deflate.Write(make([]byte, 1<<20))
	_ = deflate.Flush()
	w := zip.NewWriter(&out)
	for _, p := range bookParts(nil, soundSheet) {
		header := &zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.text))}
		data := []byte(p.text)
		header.UncompressedSize64 = uint64(len(data))
		if strings.Contains(p.name, "sheet1") {
			data = append(bytes.Repeat(block.Bytes(), size>>20), 1, 0, 0, 0xFF, 0xFF) // and an empty last block
			header.Method, header.UncompressedSize64 = zip.Deflate, uint64(size)
		}
		header.CompressedSize64 = uint64(len(data))
		f, err := w.CreateRaw(header)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write(data)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// overlapping gives a workbook in which two entries have the same data.
func overlapping(t *testing.T) []byte {
	t.Helper()
	parts := bookParts(nil, soundSheet)
	content := pack(t, append(parts, part{"xl/a.xml", "<a/>"}, part{"xl/b.xml", "<a/>"}))
	a := directoryEntry(t, content, "xl/a.xml")
	b := directoryEntry(t, content, "xl/b.xml")
	copy(content[b+42:b+46], content[a+42:a+46])
	return content
}

// directoryEntry gives the place of an entry in the zip directory.
func directoryEntry(t *testing.T, content []byte, name string) int {
	t.Helper()
	at := bytes.LastIndex(content, []byte(name)) - 46
	if at < 0 || string(content[at:at+4]) != "PK\x01\x02" {
		t.Fatal("no such entry: " + name)
	}
	return at
}

func TestF04_SizesThatLieAreFound(t *testing.T) {
	const name = "xl/worksheets/sheet1.xml"
	for what, size := range map[string]uint32{
		"smaller than the part": 300, "one byte short": 0, "larger than the part": 100_000, "beyond the limit": 0xF0000000,
	} {
		t.Run(what, func(t *testing.T) {
			content := one(t, soundSheet)
			at := directoryEntry(t, content, name)
			if size == 0 {
				size = binary.LittleEndian.Uint32(content[at+24:]) - 1
			}
			binary.LittleEndian.PutUint32(content[at+24:], size)
			refused(t, "f.xlsx", content)
		})
	}
	t.Run("a wrong checksum", func(t *testing.T) {
		content := one(t, soundSheet)
		at := directoryEntry(t, content, name)
		binary.LittleEndian.PutUint32(content[at+16:], crc32.ChecksumIEEE([]byte("x")))
		refused(t, "f.xlsx", content, "file.sheet_damaged")
	})
	t.Run("a Zip64 size below zero", func(t *testing.T) { refused(t, "f.xlsx", negativeSize(t)) })
	t.Run("a Zip64 directory", func(t *testing.T) {
		content := one(t, soundSheet)
		binary.LittleEndian.PutUint32(content[len(content)-6:], 0xFFFFFFFF)
		refused(t, "f.xlsx", content, "file.archive")
	})
}

// negativeSize writes a Zip64 extra field with an unpacked size of -1.
func negativeSize(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range bookParts(nil, soundSheet) {
		h := &zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.text))}
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(p.text)), uint64(len(p.text))
		if strings.Contains(p.name, "sheet1") {
			h.UncompressedSize64 = 1<<64 - 1
		}
		f, err := w.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write([]byte(p.text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestF04_NamesThatLeadOutOfTheArchiveAreRefused(t *testing.T) {
	for _, name := range []string{"../evil.xml", "/xl/evil.xml", `xl\evil.xml`, "C:evil.xml", "xl/./a.xml", "xl//a.xml"} {
		refused(t, "f.xlsx", pack(t, append(bookParts(nil, soundSheet), part{name, "<x/>"})), "file.archive")
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	h := &zip.FileHeader{Name: "xl/link.xml"}
	h.SetMode(0o777 | 1<<27) // a symbolic link
	f, err := w.CreateHeader(h)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.Write([]byte("/etc/passwd"))
	_ = w.Close()
	refused(t, "f.xlsx", out.Bytes(), "file.archive")
}
