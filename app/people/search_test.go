package people_test

import (
	"testing"

	"github.com/steelyard/steelyard/app/people"
)

func TestAMemberIsFoundByPinyinItsInitialsAndEveryReadingOfTheSurname(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		b.load("staff", staffHead,
			"007001,张伟,S1,rm,2020-01-01", "007002,李张伟,S1,rm,2020-01-01", "007003,单田芳,S1,rm,2020-01-01", "007004,尉迟恭,S1,rm,2020-01-01",
			"007005,曾志,S1,rm,2020-01-01", "007006,解乐,S1,rm,2020-01-01", "007007,仇英,S1,rm,2020-01-01", "007008,查良,S1,rm,2020-01-01", "007009,王𠮷,S1,rm,2020-01-01")
		for text, want := range map[string]string{
			"zw": "007001 007002", "zhang wei": "007001 007002", "ZhangWei": "007001 007002", "张伟": "007001 007002", "lzw": "007002", "7001": "007001",
			"stf": "007003", "shantian": "007003", "dan tian": "007003", "dtf": "007003", "yuchi": "007004", "ycg": "007004", "weichi": "007004",
			"zz": "007005", "ceng": "007005", "zeng": "007005", "xiele": "007006", "jie": "007006", "xl": "007006", "qiu": "007007", "chouying": "007007",
			"zha": "007001 007002 007008", "cha": "007008", "𠮷": "007009", "%": "", "_": "", " ": "", "zw sh": "",
		} {
			if got := b.listed(operator(), people.PageFilter{Search: text}); got != want {
				b.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
	})
}

func TestPinyinThatAFileGivesWinsAndStaysUntilTheNameChanges(t *testing.T) {
	eachBank(t, func(b bank) {
		b.loadUnits()
		head := "staff_no,name,unit_code,position,hired_on"
		pinyin := func(want string) {
			b.Helper()
			m, err := b.people.Member(b.Context(), operator(), "1")
			if err != nil || m.Pinyin != want {
				b.Errorf("the pinyin is %q, want %q; %v", m.Pinyin, want, err)
			}
		}
		b.load("staff", head, "1,单田芳,S1,rm,2020-01-01")
		pinyin("shan tian fang")
		b.load("staff", head+",pinyin", "1,单田芳,S1,rm,2020-01-01, Dan  Tian Fang")
		pinyin("dan tian fang")
		if got := b.listed(operator(), people.PageFilter{Search: "stf"}); got != "" {
			b.Errorf("the reading that the file does not give finds %q", got)
		}
		if same := b.load("staff", head, "1,单田芳,S1,rm,2020-01-01"); same.Changed != 0 {
			b.Errorf("a file without the column changes %d rows", same.Changed)
		}
		pinyin("dan tian fang")
		b.load("staff", head, "1,张伟,S1,rm,2020-01-01")
		pinyin("zhang wei")
		b.expect(b.refuse("staff", head+",pinyin", "1,张伟,S1,rm,2020-01-01,张伟"),
			"row 2, column pinyin: pinyin has letters and spaces alone, a syllable for each character, such as shan tian fang")
	})
}
