package jobs

import "github.com/steelyard/steelyard/app/lang"

var _ = lang.Register(map[string]lang.Text{
	"job.unknown":  {Zh: "没有编号为 {id} 的后台任务", En: "there is no job {id}"},
	"job.no_file":  {Zh: "任务 {id} 没有可下载的文件，或文件已过期", En: "job {id} has no file to be had, or no longer"},
	"job.finished": {Zh: "任务 {id} 已经结束，不能再取消", En: "job {id} is over and cannot be cancelled"},
	"job.not_yours": {
		Zh: "任务 {id} 是他人提交的；只有提交人可以取消",
		En: "job {id} is somebody else's; only they can cancel it",
	},
	"job.too_many": {
		Zh: "您已有 {count} 个任务未完成；请等其中一些完成后再提交",
		En: "{count} of your jobs are not over yet; wait until some are",
	},
	"job.internal": {Zh: "任务因程序内部错误而失败；请联系系统管理员", En: "the job failed by a fault of the program; ask the system administrator"},
	"job.budget":   {Zh: "任务超过了 {minutes} 分钟的时限，已停止", En: "the job took longer than {minutes} {minutes:minute|minutes} and was stopped"},
	"job.attempts": {Zh: "任务中断了 {count} 次，不再重试；请联系系统管理员", En: "the job was cut off {count} times and is not tried again; ask the system administrator"},
	"job.no_user":  {Zh: "提交任务的用户已停用，任务未执行", En: "the user who asked for the job is disabled; it was not done"},
	"job.too_big":  {Zh: "文件超过 {limit} MB；请拆分后重试", En: "the file is larger than {limit} MB; split it and try again"},
})
