package people

import "testing"

func TestNamesAreWrittenInLatinLettersSurnameFirst(t *testing.T) {
	for _, c := range []struct{ name, pinyin, want string }{
		{"张伟", "zhang wei", "Zhang Wei"},
		{"张伟", "", "Zhang Wei"},
		{"欧阳文安", "ou yang wen an", "Ouyang Wenan"},
		{"单田芳", "", "Shan Tianfang"},
		{"尉迟恭", "", "Yuchi Gong"},
		{"曾国", "zeng guo", "Zeng Guo"},
		{"欧阳", "", "Ou Yang"},
		{"李", "", "Li"},
		{"Ann Lee", "", ""},
		{"", "", ""},
	} {
		if got := Written(c.name, c.pinyin); got != c.want {
			t.Errorf("%s (%s) is written %q, want %q", c.name, c.pinyin, got, c.want)
		}
	}
}
