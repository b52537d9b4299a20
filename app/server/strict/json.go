// Package strict reads JSON that has one meaning: no key twice, also not in
// another case, text that every program reads alike, numbers that are plain
// decimals, and no more depth or length than anybody needs.
package strict

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// The limits of a JSON document.
const (
	MaxDepth = 32
	MaxItems = 1000 // of an array, and keys of an object
)

// Check refuses a document that is no JSON, or has more meanings than one. What
// cannot be read is Malformed; a text or number that is not taken is Invalid,
// with its path.
func Check(document []byte) error {
	if len(document) == 0 {
		return fault.New(fault.Malformed, "request.no_body", nil)
	}
	if !utf8.Valid(document) {
		return wrong("", "request.text")
	}
	if !json.Valid(document) {
		return fault.New(fault.Malformed, "request.json", nil)
	}
	s := scanner{text: document}
	return s.value("", 1)
}

func wrong(path, code string) error {
	return &fault.Error{Kind: fault.Invalid, Code: "request.invalid", Problems: []fault.Problem{{Path: path, Code: code}}}
}

// scanner walks a document that is known to be JSON.
type scanner struct {
	text []byte
	at   int
}

func (s *scanner) space() {
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.at++
	}
}

func (s *scanner) value(path string, depth int) error {
	if depth > MaxDepth {
		return fault.New(fault.Malformed, "request.depth", lang.Args{"max": MaxDepth})
	}
	s.space()
	switch c := s.text[s.at]; {
	case c == '{':
		return s.object(path, depth)
	case c == '[':
		return s.array(path, depth)
	case c == '"':
		_, err := s.string(path)
		return err
	case c == '-' || c >= '0' && c <= '9':
		return s.number(path)
	case c == 'f':
		s.at += len("false")
	default:
		s.at += len("true") // or null
	}
	return nil
}

func (s *scanner) object(path string, depth int) error {
	seen := map[string]bool{}
	return s.items(path, '}', func() error {
		key, err := s.string(path)
		if err != nil {
			return err
		}
		folded := fold(key)
		if seen[folded] {
			return fault.New(fault.Malformed, "request.key_twice", lang.Args{"key": Below(path, key)})
		}
		seen[folded] = true
		s.space()
		s.at++ // the colon
		return s.value(Below(path, key), depth+1)
	})
}

func (s *scanner) array(path string, depth int) error {
	i := -1
	return s.items(path, ']', func() error {
		i++
		return s.value(Below(path, strconv.Itoa(i)), depth+1)
	})
}

// items reads what stands between brackets and commas.
func (s *scanner) items(path string, end byte, item func() error) error {
	s.at++
	for n := 0; ; n++ {
		s.space()
		if s.text[s.at] == end {
			s.at++
			return nil
		}
		if s.text[s.at] == ',' {
			s.at++
			s.space()
		}
		if n == MaxItems {
			return fault.New(fault.Malformed, "request.items", lang.Args{"max": MaxItems, "path": path})
		}
		if err := item(); err != nil {
			return err
		}
	}
}

// string reads a text: no NUL, and no half of a surrogate pair.
func (s *scanner) string(path string) (string, error) {
	begin := s.at
	s.at++
	for s.text[s.at] != '"' {
		if s.text[s.at] != '\\' {
			s.at++
			continue
		}
		if s.text[s.at+1] != 'u' {
			s.at += 2
			continue
		}
		if !s.escape() {
			return "", wrong(path, "request.text")
		}
	}
	s.at++
	var text string
	if err := json.Unmarshal(s.text[begin:s.at], &text); err != nil {
		return "", fault.Wrap(err, fault.Malformed, "request.json", nil)
	}
	return text, nil
}

// escape reads \uXXXX, and the second half of a pair; false for what is no character.
func (s *scanner) escape() bool {
	first := s.hex()
	switch {
	case first == 0:
		return false
	case !utf16.IsSurrogate(first):
		return true
	case s.at+5 >= len(s.text) || s.text[s.at] != '\\' || s.text[s.at+1] != 'u':
		return false
	}
	return utf16.DecodeRune(first, s.hex()) != unicode.ReplacementChar
}

func (s *scanner) hex() rune {
	n, _ := strconv.ParseInt(string(s.text[s.at+2:s.at+6]), 16, 32) // it is JSON: four digits
	s.at += 6
	return rune(n)
}

// number reads a number: whole numbers that fit 64 bits, and decimals without an exponent.
func (s *scanner) number(path string) error {
	begin := s.at
	for s.at < len(s.text) && strings.IndexByte("+-.eE0123456789", s.text[s.at]) >= 0 {
		s.at++
	}
	n := string(s.text[begin:s.at])
	if strings.ContainsAny(n, "eE") {
		return wrong(path, "request.number")
	}
	if whole, _, _ := strings.Cut(n, "."); !fits(whole) {
		return wrong(path, "request.number")
	}
	return nil
}

func fits(whole string) bool {
	_, err := strconv.ParseInt(whole, 10, 64)
	return err == nil
}

// keyMost is the most characters of a key that a path has: keys are the sender's.
const keyMost = 100

// Below is the path of a key below another; what is too long of the key is left out.
func Below(path, key string) string {
	if runes := []rune(key); len(runes) > keyMost {
		key = string(runes[:keyMost]) + "…"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// fold gives keys that programs may take for the same one the same form.
func fold(key string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, key)
}

var _ = lang.Register(map[string]lang.Text{
	"request.no_body":   {Zh: "请求缺少内容；应为 JSON", En: "the request has no body; send JSON"},
	"request.json":      {Zh: "请求内容不是有效的 JSON", En: "the body is not valid JSON"},
	"request.depth":     {Zh: "请求内容嵌套超过 {max} 层", En: "the body is nested more than {max} deep"},
	"request.items":     {Zh: "“{path}”超过 {max} 项", En: "{path} has more than {max} entries"},
	"request.key_twice": {Zh: "“{key}”出现了两次；每个字段只能出现一次", En: "{key} stands there twice; each field may stand there once"},
	"request.invalid":   {Zh: "请求内容有误；请看每处问题", En: "the request has faults; see each problem"},
	"request.text":      {Zh: "文字中有不能接受的字符（空字符、半个代理对或无效的 UTF-8）", En: "the text has characters that are not taken (NUL, half of a surrogate pair, invalid UTF-8)"},
	"request.number":    {Zh: "数字须为普通十进制数，不带指数，且不超过 64 位整数的范围", En: "a number is a plain decimal without an exponent, within 64 bits"},
})
