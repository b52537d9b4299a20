package seed

import "strconv"

// Names that trip up whoever sorts, searches or encodes: readings that differ
// in surnames, two-character surnames, characters beyond the basic plane, a
// name with a middle dot, and people of one name.
var awkwardNames = []string{
	"单雄飞", "曾毅", "解晓东", "仇丽英", "查海生", "尉迟敬", "王𬎆", "盖明月", "区志航", "乐嘉怡",
	"朴成浩", "任盈", "华子良", "令狐冲和", "欧阳文静", "万俟雅", "逄博", "刘㛃", "阿不都热合曼·买买提", "吕骉",
	"王伟", "王伟", "王伟", "张敏", "张敏", "缪斯琪", "宓晓", "赵喆", "沈㴒", "龑志明",
}

var surnames = []string{
	"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗",
	"梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "彭", "吕", "苏",
	"卢", "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范",
}

var givenFirst = []string{
	"", "志", "晓", "建", "文", "海", "雅", "子", "思", "嘉", "雨", "俊", "丽", "国", "春", "明", "慧", "佳", "天", "永",
}

var givenLast = []string{
	"伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "勇", "杰", "娟", "涛", "超", "霞", "平", "刚", "桂英", "鹏", "辉",
	"婷", "宇", "欣", "博", "琳", "峰", "颖", "凯", "倩", "浩", "雪", "宁", "悦", "轩", "萍", "斌", "蕾", "帆", "莹", "航",
}

// nameOf gives the name of the n-th member; the awkward ones are spread over the bank.
func nameOf(n int) string {
	if n%8 == 5 && n/8 < len(awkwardNames) {
		return awkwardNames[n/8]
	}
	key := strconv.Itoa(n)
	pick := func(list []string, what string) string { return list[draw(int64(len(list)), "name", what, key)] }
	return pick(surnames, "surname") + pick(givenFirst, "first") + pick(givenLast, "last")
}
