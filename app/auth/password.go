package auth

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steelyard/steelyard/app/audit"
	"github.com/steelyard/steelyard/app/db"
	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/lang"
)

// How long passwords are, in characters of any script (NIST SP 800-63B for a
// password alone). All of it counts, and case counts.
const (
	ShortestPassword = 15
	LongestPassword  = 128
)

// checkPassword refuses a new password of the wrong length, with characters that
// nobody types, or made of what everybody guesses; words are what is guessed of this user.
func checkPassword(password string, words []string) error {
	if !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl) {
		return fault.New(fault.Invalid, "password.characters", nil)
	}
	n := utf8.RuneCountInString(prepare(password))
	if n < ShortestPassword || n > LongestPassword {
		return fault.New(fault.Invalid, "password.length", lang.Args{"min": ShortestPassword, "max": LongestPassword, "length": n})
	}
	if guessable(password, words) {
		return fault.New(fault.Invalid, "password.blocklisted", nil)
	}
	return nil
}

// hashNew hashes a new password, when its turn comes.
func (s *Service) hashNew(ctx context.Context, password string) (string, error) {
	leave, err := s.hasher.enter(ctx)
	if err != nil {
		return "", busy(err)
	}
	defer leave()
	return s.hasher.hash(password)
}

// ChangePassword changes the user's own password. Every session ends, and a new
// one begins for the client: its token is the answer. A wrong current password is
// counted as it is at signing in.
func (s *Service) ChangePassword(ctx context.Context, who Identity, current, password string, from Client) (*SignedIn, error) {
	if err := bySession(who); err != nil {
		return nil, err
	}
	words, err := s.wordsOf(ctx, who)
	if err != nil {
		return nil, err
	}
	if err := checkPassword(password, words); err != nil {
		return nil, err
	}
	leave, err := s.hasher.enter(ctx)
	if err != nil {
		return nil, busy(err)
	}
	defer leave()
	user, try, err := s.begin(ctx, "password.change", who.Username, from)
	if err != nil {
		return nil, err
	}
	right, _, err := s.hasher.matches(current, user.Hash)
	if err != nil {
		return nil, err
	}
	if !right || !user.active() {
		err := s.wrong(ctx, "password.change", user, try)
		if e, ok := fault.As(err); ok && e.Code == "auth.wrong" {
			return nil, fault.New(fault.Invalid, "auth.wrong", nil) // who they are is not in doubt
		}
		return nil, err
	}
	hash, err := s.hasher.hash(password)
	if err != nil {
		return nil, err
	}
	return s.changed(ctx, user, hash, try, from)
}

func (s *Service) wordsOf(ctx context.Context, who Identity) (words []string, err error) {
	err = s.db.Snapshot(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		words, err = s.options.Words(ctx, tx, who.UserID)
		return err
	})
	return append(words, who.Username), err
}

// changed writes the new password and begins the new session.
func (s *Service) changed(ctx context.Context, user account, hash string, try attempt, from Client) (in *SignedIn, err error) {
	err = s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		same, err := lockCredential(ctx, tx, user, hash)
		switch {
		case err != nil:
			return err
		case !same: // somebody was quicker
			return fault.New(fault.Conflict, "auth.changed_meanwhile", nil)
		}
		if err := try.succeeded(ctx, tx); err != nil {
			return err
		}
		now := s.now()
		if err := s.setPassword(ctx, tx, user, hash, now); err != nil {
			return err
		}
		if in, err = s.begun(ctx, tx, user, from, now); err != nil {
			return err
		}
		return audit.Write(ctx, tx, now, user.actor(), audit.Entry{Action: "password.change", Object: "user", Key: user.Username})
	})
	if err != nil {
		return nil, fmt.Errorf("changing a password: %w", err)
	}
	return in, nil
}

var _ = lang.Register(map[string]lang.Text{
	"password.length": {
		Zh: "密码应有 {min} 至 {max} 个字符，现有 {length} 个",
		En: "a password has {min} to {max} characters; this one has {length}",
	},
	"password.characters": {
		Zh: "密码含有控制字符或无法识别的字符",
		En: "the password holds control characters, or bytes that are no characters",
	},
	"password.blocklisted": {
		Zh: "此密码太常见，或由单位名称、用户名、键盘顺序等容易猜到的内容组成；请另选，例如几个互不相关的词",
		En: "this password is common, or made of what is easily guessed: names of the bank, your own, rows of keys; choose another, such as some words that have nothing to do with each other",
	},
	"auth.changed_meanwhile": {Zh: "密码刚刚已被更改；请重新登录", En: "the password was changed a moment ago; sign in again"},
})
