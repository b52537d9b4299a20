// Package users keeps who signs in: a username, whose it is, and whether it is
// in use. Passwords and sessions are no business of its.
package users

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/access"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
	"github.com/steelyard/steelyard/app/people"
)

// State says whether a user may sign in.
type State string

// The states.
const (
	Active   State = "active"
	Disabled State = "disabled"
)

// Words gives the words of a state.
func (s State) Words() lang.Text {
	text, _ := lang.Lookup("user.state." + string(s))
	return text
}

// User is a sign-in. For a member of the staff the username is the staff number.
type User struct {
	ID        int64     `json:"-"`
	StaffID   int64     `json:"-"` // 0 for a service account
	Username  string    `json:"username"`
	StaffNo   string    `json:"staff_no,omitempty"`
	Name      string    `json:"name,omitempty"` // of the member
	Pinyin    string    `json:"-"`              // as the staff file spells the name
	Email     string    `json:"email,omitempty"`
	State     State     `json:"state"`
	CreatedAt time.Time `json:"created_at"`
	Version   int64     `json:"version"`
}

// usernameMost is the most characters of a username.
const usernameMost = 64

// reserved names stand for more than one person, or for none.
var reserved = map[string]bool{
	"admin": true, "administrator": true, "root": true, "system": true, "hr": true,
	"nobody": true, "everyone": true, "all": true, "any": true, "me": true, "self": true,
	"null": true, "undefined": true, "none": true, "unknown": true,
}

// isReserved says whether nobody may be called so: the names of the program itself
// among them, which would no longer tell on record who did something.
func isReserved(folded string) bool { return reserved[folded] || access.IsProgram(folded) }

// Fold gives the form in which a username is kept: small letters. A name that
// is none (other letters than those of ASCII, letters that only look like them,
// controls, spaces, a word that is reserved) is refused: nothing is changed into
// something that is allowed. Whether it is the code of a role is asked elsewhere.
func Fold(name string) (string, error) {
	folded := strings.ToLower(name)
	if len(name) == 0 || len(name) > usernameMost || !alphanumeric(folded[0]) || !alphanumeric(folded[len(folded)-1]) {
		return "", fault.New(fault.Invalid, "user.name", lang.Args{"most": usernameMost})
	}
	for i := range len(folded) {
		if c := folded[i]; !alphanumeric(c) && c != '.' && c != '_' && c != '-' || name[i] >= utf8.RuneSelf {
			return "", fault.New(fault.Invalid, "user.name", lang.Args{"most": usernameMost})
		}
	}
	if isReserved(folded) {
		return "", fault.New(fault.Invalid, "user.reserved", lang.Args{"username": folded})
	}
	return folded, nil
}

func alphanumeric(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' }

// emailMost is the most bytes of an email address.
const emailMost = 254

// checkEmail refuses what is no email address; none is fine.
func checkEmail(email string) error {
	hidden := func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }
	if email != "" && (len(email) > emailMost || !people.IsEmail(email) || strings.ContainsFunc(email, hidden)) {
		return fault.New(fault.Invalid, "staff.email", nil)
	}
	return nil
}

var _ = lang.Register(map[string]lang.Text{
	"user.state.active":   {Zh: "启用", En: "active"},
	"user.state.disabled": {Zh: "停用", En: "disabled"},
	"user.state":          {Zh: "状态应为：启用、停用", En: "the state must be active or disabled"},
	"user.name":           {Zh: "用户名须为 1 至 {most} 个半角英文字母、数字或 . _ -，以字母或数字开头和结尾", En: "a username has 1 to {most} letters and digits of ASCII and . _ - between them"},
	"user.reserved":       {Zh: "用户名 {username} 是保留名称，不能使用", En: "the username {username} is reserved"},
})
