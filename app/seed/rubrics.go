package seed

import (
	"context"
	"fmt"

	"github.com/steelyard/steelyard/app/fault"
	"github.com/steelyard/steelyard/app/reviews"
)

// levels of both rubrics, the best first.
var levels = []struct{ level, zh, en string }{
	{"5", "优秀", "Outstanding"}, {"4", "良好", "Good"}, {"3", "称职", "Meets expectations"},
	{"2", "待改进", "Needs improvement"}, {"1", "不称职", "Unsatisfactory"},
}

// rubrics say what the levels of the rating items mean, the best first.
var rubrics = []struct {
	code     string
	name     reviews.Text
	describe []reviews.Text
}{
	{"teamwork", reviews.Text{Zh: "团队协作", En: "Teamwork"}, []reviews.Text{
		{Zh: "主动补位，带动全队，客户和同事都给予好评", En: "Steps in unasked and carries the team along; customers and colleagues say so"},
		{Zh: "配合积极，沟通顺畅，答应的事按时办到", En: "Works with others readily, keeps them informed, and keeps promises"},
		{Zh: "完成分内的协作，需要时能够配合", En: "Does their share, and helps when asked"},
		{Zh: "配合不够及时，需要多次提醒", En: "Slow to cooperate; has to be reminded"},
		{Zh: "多次缺席协作，影响团队工作", En: "Often absent when needed; the team's work suffers"},
	}},
	{"daily_work", reviews.Text{Zh: "日常工作", En: "Daily work"}, []reviews.Text{
		{Zh: "质量高、效率高，能改进流程并帮助他人", En: "Fast and faultless; improves how things are done and helps others"},
		{Zh: "按时按质完成，少有差错", En: "On time and sound, with few mistakes"},
		{Zh: "完成要求的工作，差错在允许范围内", En: "Does what is required, with mistakes within bounds"},
		{Zh: "时有拖延或差错，需要督促", En: "Sometimes late or wrong; has to be pressed"},
		{Zh: "经常拖延或出现差错，影响客户或同事", En: "Often late or wrong; customers or colleagues suffer"},
	}},
}

// rubrics writes those that are missing.
func (l *Loader) rubrics(ctx context.Context) error {
	for _, r := range rubrics {
		made := reviews.Rubric{Code: r.code, Name: r.name}
		for i, text := range r.describe {
			made.Levels = append(made.Levels, reviews.RubricLevel{
				Level: levels[i].level, Name: reviews.Text{Zh: levels[i].zh, En: levels[i].en}, Description: text,
			})
		}
		_, err := l.Reviews.PutRubric(ctx, l.Actor, made)
		if err != nil && fault.KindOf(err) != fault.Conflict { // it is there already, in the bank's words
			return fmt.Errorf("the demo bank's rubrics: %w", err)
		}
	}
	return nil
}
