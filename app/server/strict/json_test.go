package strict_test

import (
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/server/strict"
)

func TestI04_Z11_JSONHasOneMeaning(t *testing.T) {
	cases := map[string]struct {
		document string
		kind     fault.Kind
		code     string
	}{
		"nothing":                           {"", fault.Malformed, "request.no_body"},
		"no JSON":                           {`{"a":}`, fault.Malformed, "request.json"},
		"two documents":                     {`{} {}`, fault.Malformed, "request.json"},
		"a byte order mark":                 {"\ufeff{}", fault.Malformed, "request.json"},
		"a key twice":                       {`{"a":1,"a":1}`, fault.Malformed, "request.key_twice"},
		"a key twice, in another case":      {`{"role":"rm","ROLE":"admin"}`, fault.Malformed, "request.key_twice"},
		"a key twice, written with escapes": {`{"a":1,"\u0061":1}`, fault.Malformed, "request.key_twice"},
		"a key twice, with the Kelvin sign": {`{"k":1,"K":1}`, fault.Malformed, "request.key_twice"},
		"a key twice, deep inside":          {`{"a":[{"b":{"c":1,"C":2}}]}`, fault.Malformed, "request.key_twice"},
		"NUL":                               {`{"a":"admin\u0000"}`, fault.Invalid, "request.invalid"},
		"NUL in a key":                      {`{"a\u0000":1}`, fault.Invalid, "request.invalid"},
		"a lone high surrogate":             {`["\ud800"]`, fault.Invalid, "request.invalid"},
		"a high surrogate before a letter":  {`["\ud800\u0061"]`, fault.Invalid, "request.invalid"},
		"a lone low surrogate":              {`["\udc00"]`, fault.Invalid, "request.invalid"},
		"invalid UTF-8":                     {"[\"\xff\xfe\"]", fault.Invalid, "request.invalid"},
		"an exponent":                       {`[1e309]`, fault.Invalid, "request.invalid"},
		"two to the 63rd":                   {`[9223372036854775808]`, fault.Invalid, "request.invalid"},
		"33 deep":                           {strings.Repeat("[", 33) + strings.Repeat("]", 33), fault.Malformed, "request.depth"},
		"1,001 entries":                     {"[" + strings.Repeat("0,", 1000) + "0]", fault.Malformed, "request.items"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			e, ok := fault.As(strict.Check([]byte(c.document)))
			if !ok || e.Kind != c.kind || e.Code != c.code {
				t.Errorf("got %v, want %s", e, c.code)
			}
		})
	}
	for _, document := range []string{
		`{}`, ` [ ] `, `null`, `"\ud83d\ude00 \u4e2d \\u0000"`, `-0`, `[1.50,-9223372036854775808]`, `{"a":{"a":[{"a":true},{"a":false}]}}`,
		strings.Repeat("[", 32) + strings.Repeat("]", 32), "[" + strings.Repeat("0,", 999) + "0]",
	} {
		if err := strict.Check([]byte(document)); err != nil {
			t.Errorf("%.40s: %v", document, err)
		}
	}
}

func FuzzADocumentIsTakenOrRefusedAndNeverBreaksTheReader(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\ud83d\ude00",null]}`, `"\u`, `{"a":1,"a":2}`, `[[[`, `-`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		if _, ok := fault.As(strict.Check(document)); !ok && strict.Check(document) != nil {
			t.Error("an error without a code")
		}
	})
}
