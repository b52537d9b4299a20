package auth_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/steelyard/steelyard/app/auth"
	"github.com/steelyard/steelyard/app/fault"
)

func TestA01_PasswordsHave15To128CharactersOfAnyScriptAndAllOfThemCount(t *testing.T) {
	eachEngine(t, func(w *world) {
		_, secret := w.invite("li.na")
		wide := strings.Repeat("密", 64)
		for name, refused := range map[string]string{
			"fourteen characters":                        "xkvp tzqw mrbd"[:14],
			"fourteen Chinese characters, of 42 bytes":   strings.Repeat("密", 14),
			"129 characters":                             strings.Repeat("xkvp tzqw mrbd!", 9)[:129],
			"fourteen characters that are written as 28": strings.Repeat("e\u0301", 14),
		} {
			_, err := w.Redeem(t.Context(), secret, "", refused, at("10.0.0.1"))
			if code(err) != "password.length" {
				t.Errorf("%s: got %v, want password.length", name, err)
			}
		}
		for name, refused := range map[string]string{"a NUL": "plum harbour\x00violet 27", "bytes that are no characters": "plum harbour\xff violet 27", "a line break": "plum harbour\nviolet 27"} {
			_, err := w.Redeem(t.Context(), secret, "", refused, at("10.0.0.1"))
			if code(err) != "password.characters" {
				t.Errorf("%s: got %v, want password.characters", name, err)
			}
		}
		if _, err := w.Redeem(t.Context(), secret, "", wide, at("10.0.0.1")); err != nil {
			t.Fatalf("64 Chinese characters: %v", err)
		}
		for name, wrong := range map[string]string{"the first 63 characters": strings.Repeat("密", 63), "the last one changed": strings.Repeat("密", 63) + "蜜"} {
			if _, err := w.SignIn(t.Context(), "li.na", wrong, at("10.0.0.1")); code(err) != "auth.wrong" {
				t.Errorf("%s: got %v, want auth.wrong", name, err)
			}
		}
		if _, err := w.SignIn(t.Context(), "li.na", wide, at("10.0.0.1")); err != nil {
			t.Errorf("all 64 characters: %v", err)
		}
	})
}

func TestA01_CaseCountsAndTheSameCharactersWrittenOtherwiseAreTheSame(t *testing.T) {
	eachEngine(t, func(w *world) {
		_, secret := w.invite("li.na")
		if _, err := w.Redeem(t.Context(), secret, "", "Café harbour violet 27", at("10.0.0.1")); err != nil {
			t.Fatal(err)
		}
		if _, err := w.SignIn(t.Context(), "li.na", "Cafe\u0301 harbour violet 27", at("10.0.0.1")); err != nil {
			t.Errorf("the accent written apart: %v", err)
		}
		if _, err := w.SignIn(t.Context(), "li.na", "café harbour violet 27", at("10.0.0.1")); code(err) != "auth.wrong" {
			t.Errorf("another case: got %v, want auth.wrong", err)
		}
	})
}

func TestA02_ThousandsOfCommonPasswordsAreRefusedPaddedToLength(t *testing.T) {
	values := common(t)
	if len(values) < 3000 {
		t.Fatalf("%d common passwords, want 3,000 at least", len(values))
	}
	missed := 0
	for i, value := range values {
		all := paddings(value)
		for _, padded := range []string{all[0], all[1+i%(len(all)-1)]} { // repeated, and each way in its turn
			if !auth.Guessable(padded) && missed < 20 {
				missed++
				t.Errorf("%q is not refused", padded)
			}
		}
	}
}

// common gives common passwords: every listed word, as it is and with what people add.
func common(t *testing.T) (values []string) {
	t.Helper()
	text, err := os.ReadFile("words.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, word := range strings.Fields(line) {
			values = append(values, word, word+"1", strings.ToUpper(word[:1])+word[1:]+"123")
		}
	}
	return values
}

// paddings makes a password of sufficient length of one that is too short, as people do.
func paddings(value string) []string {
	long := func(with string) string {
		padded := value
		for len(padded) < auth.ShortestPassword {
			padded += with
		}
		return padded
	}
	return []string{long(value), long("1"), long("!"), long("1234567890"), long("2026"), long("0"), long("abc"), long("qwerty"), long(" "), long("password")}
}

func TestA02_ListedValuesPaddedToLengthAreRefusedAndARandomOneIsNot(t *testing.T) {
	eachEngine(t, func(w *world) {
		_, secret := w.invite("li.na")
		for _, listed := range []string{
			"passwordpassword", "password1234567", "Password12345678", "P@ssw0rd12345678", "p@$$w0rdp@$$w0rd", "123456789012345", "987654321098765", "111111111111111",
			"000000000000000", "aaaaaaaaaaaaaaa", "abababababababab", "abcabcabcabcabc", "qwertyuiopasdfgh", "QWERTYuiop123456", "1qaz2wsx3edc4rfv", "!QAZ@WSX#EDC$RFV", "zaq12wsxzaq12wsx",
			"asdfghjklasdfghjkl", "qazwsxedcrfvtgb", "1q2w3e4r5t6y7u8i", "letmeinletmeinletmein", "iloveyou12345678", "iloveyouiloveyou", "monkeymonkeymonkey", "dragon2026dragon", "welcome2026welcome",
			"Welcome123456789", "adminadminadmin", "administrator123", "admin12345678901", "rootrootrootroot", "changeme12345678", "changemechangeme", "sunshinesunshine", "princess12345678", "football20262026",
			"superman12345678", "trustno1trustno1", "master1234567890", "shadowshadow1234", "michael123456789", "woaini1314520520", "woainiwoainiwoaini", "zhongguozhongguo", "beijing20082008!", "nihaonihaonihao1",
			"5201314520131452", "1472583691472583", "19900101199001011", "20262026202620262", "secretsecret1234", "bankbankbankbank", "yinhang123456789", "steelyard2026!!!", "SteelyardSteelyard", "hunter2hunter2hunter2",
		} {
			_, err := w.Redeem(t.Context(), secret, "", listed, at("10.0.0.1"))
			if code(err) != "password.blocklisted" {
				t.Errorf("%q: got %v, want password.blocklisted", listed, err)
			}
		}
		if _, err := w.Redeem(t.Context(), secret, "", "vkqtzrwmxbhdplnc", at("10.0.0.1")); err != nil {
			t.Errorf("sixteen random letters: %v", err)
		}
	})
}

func TestA02_WordsOfTheBankAndTheUserAreRefused(t *testing.T) {
	context := []string{"Harbour Commercial Bank", "恒丰海港银行", "北城支行", "007001", "wangxiaoming", "王晓明"}
	for _, made := range []string{
		"harbour commercial", "HarbourCommercialBank", "harbourharbour2026", "恒丰海港银行恒丰海港银行2026", "北城支行北城支行北城支行北城", "007001007001007001", "wangxiaoming2026",
		"wangxiaoming12345", "王晓明1234567890123", "commercial007001!",
	} {
		if !auth.Guessable(made, context...) {
			t.Errorf("%q is not refused", made)
		}
	}
	for _, own := range []string{"seven lanterns over cold rice", "harbour kites at violet dusk", "窗外竹影摇曳茶香满室", "vkqtzrwmxbhdplnc", "correct horse battery staple", "9f3kq0zv7tw1mxp4"} {
		if auth.Guessable(own, context...) {
			t.Errorf("%q is refused", own)
		}
	}
}

func TestA02_RandomPasswordsAreNotRefused(t *testing.T) {
	letters := "abcdefghijklmnopqrstuvwxyz"
	state := uint64(20261124)
	for range 2000 {
		var b strings.Builder
		for range 16 {
			state = state*6364136223846793005 + 1442695040888963407
			b.WriteByte(letters[state>>33%26])
		}
		if auth.Guessable(b.String()) {
			t.Errorf("%s is refused", b.String())
		}
	}
}

func TestA04_PasswordsAreHashedByArgon2idWith19MiBTwice(t *testing.T) {
	eachEngine(t, func(w *world) {
		real := auth.New(w.db, auth.Options{Clock: w.clock.Now, Random: random})
		_, secret := w.invite("li.na")
		if _, err := real.Redeem(t.Context(), secret, "", password, at("10.0.0.1")); err != nil {
			t.Fatal(err)
		}
		for _, hash := range w.texts("SELECT password_hash FROM credentials") {
			if !strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$") {
				t.Errorf("a password is kept as %.40s…", hash)
			}
		}
		if auth.AtOnce*auth.Hashing.Memory > 256*1024 {
			t.Errorf("%d passwords at once take more than 256 MiB", auth.AtOnce)
		}
	})
}

func TestA04_APasswordHashedInAnOldWayIsHashedAnewAtSigningIn(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		stronger := quick
		stronger.Memory = 128
		next := auth.New(w.db, auth.Options{Clock: w.clock.Now, Random: random, Hashing: stronger})
		if _, err := next.SignIn(t.Context(), "li.na", password, at("10.0.0.1")); err != nil {
			t.Fatal(err)
		}
		if hash := w.texts("SELECT password_hash FROM credentials")[0]; !strings.Contains(hash, "$m=128,") {
			t.Errorf("the hash stays %s", hash)
		}
		w.signIn("li.na", at("10.0.0.1"))
	})
}

func TestA04_NoMoreThanAFewPasswordsAreHashedAtOnceAndWhoeverWaitsCanGiveUp(t *testing.T) {
	release, most := auth.Crowd(t.Context(), quick, auth.AtOnce)
	if most != auth.AtOnce {
		t.Errorf("%d hash at once, want %d", most, auth.AtOnce)
	}
	release()
}

func TestChangingThePasswordEndsOtherSessionsAndGivesThisOneANewToken(t *testing.T) {
	eachEngine(t, func(w *world) {
		w.user("li.na")
		elsewhere, here := w.signIn("li.na", at("10.0.0.2")), w.signIn("li.na", at("10.0.0.1"))
		if _, err := w.ChangePassword(t.Context(), here.Identity, "not it at all, sorry", another, at("10.0.0.1")); err != nil {
			want(t, err, fault.Invalid, "auth.wrong")
		}
		next, err := w.ChangePassword(t.Context(), here.Identity, password, another, at("10.0.0.1"))
		if err != nil {
			t.Fatal(err)
		}
		w.is(elsewhere.Token, "")
		w.is(here.Token, "")
		w.is(next.Token, "li.na")
		if _, err := w.SignIn(t.Context(), "li.na", password, at("10.0.0.1")); code(err) != "auth.wrong" {
			t.Errorf("the old password: got %v", err)
		}
		if _, err := w.SignIn(t.Context(), "li.na", another, at("10.0.0.1")); err != nil {
			t.Errorf("the new password: %v", err)
		}
		if got := w.trail()[3:5]; fmt.Sprint(got) != "[li.na password.change failed li.na auth.wrong li.na password.change done li.na ]" {
			t.Errorf("the trail says %q", got)
		}
	})
}
