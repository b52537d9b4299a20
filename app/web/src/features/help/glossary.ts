import type { Both } from '@/lib/text'

interface Term extends Both {
  means: Both
}

/** The words of the product. */
export const glossary: readonly Term[] = [
  { zh: '机构', en: 'unit', means: { zh: '总行、分行、支行、部门：上下级构成一棵树，按日期变化。', en: 'Head office, a branch, an outlet, a department: a tree that changes by date.' } },
  { zh: '员工、工号', en: 'staff member, staff number', means: { zh: '在行工作的人，用工号认定。用户是登录账户，两者可以不同。', en: 'A person who works at the bank, known by the staff number. A user is a way to sign in.' } },
  { zh: '岗位', en: 'position', means: { zh: '员工在机构里的职务，决定使用哪张计分卡。', en: 'What a member does at a unit; it decides the scorecard.' } },
  { zh: '任职', en: 'assignment', means: { zh: '员工在某机构、某岗位，从某日到某日。', en: 'A member in a position at a unit, from a day to a day.' } },
  { zh: '考核期', en: 'period', means: { zh: '一个被考核的月份：准备、收集、计分、发布、归档。', en: 'A month that is assessed: draft, collecting, scoring, published, closed.' } },
  { zh: '指标', en: 'metric', means: { zh: '来自业务系统的数量，例如存款日均余额。', en: 'A figure from the bank’s systems, such as the average of deposits.' } },
  { zh: '目标、实际、基期', en: 'target, actual, baseline', means: { zh: '应当达到的数、达到的数、作比较的过去的数。', en: 'What is to be reached, what was reached, and the past figure to compare with.' } },
  { zh: '计分卡', en: 'scorecard', means: { zh: '一个岗位的考核项、权重和计分方法，按版本生效。', en: 'The items, weights and methods of a position; its versions count from a month on.' } },
  { zh: '维度', en: 'perspective', means: { zh: '计分卡的一部分：财务、客户、内部流程与风险、学习与成长，也可另行命名。', en: 'A part of the scorecard: financial, customer, internal process and risk, learning and growth, or others.' } },
  { zh: '考核项', en: 'item', means: { zh: '计分卡上有权重的一行。', en: 'One weighted line of a scorecard.' } },
  { zh: '权重', en: 'weight', means: { zh: '考核项在总分中的百分比，合计 100%。', en: 'The share of an item in the score, in percent; they add up to 100%.' } },
  { zh: '评价', en: 'review', means: { zh: '评价人对一名员工的等级和说明。', en: 'A rater’s levels and comments on one member.' } },
  { zh: '评分标准、等级', en: 'rubric, level', means: { zh: '描述做到什么程度得哪个等级。', en: 'What earns which level, in words.' } },
  { zh: '客户评价', en: 'survey', means: { zh: '客户的回答。', en: 'Answers of customers.' } },
  { zh: '风险事件', en: 'event', means: { zh: '计入考核的次数，例如差错、投诉。', en: 'An incident that is counted, such as an error or a complaint.' } },
  { zh: '一票否决', en: 'veto', means: { zh: '发生后直接限定等级或得分。', en: 'What limits the grade or the score, whatever else was reached.' } },
  { zh: '计分运行', en: 'run', means: { zh: '对一个考核期的一次计算，冻结所用的全部数据。', en: 'One calculation of a period; it freezes all that it used.' } },
  { zh: '考核结果', en: 'result', means: { zh: '一次计分中一名员工的总分、等级和逐项得分。', en: 'A member’s total, grade and points of each item in a run.' } },
  { zh: '等级、绩效系数', en: 'grade, coefficient', means: { zh: '由总分得到的等级，以及它对应的系数。', en: 'What the total earns, and the factor that goes with it.' } },
  { zh: '校准', en: 'calibration', means: { zh: '发布前对照全行分布调整结果，须写明原因。', en: 'Adjusting results against the bank’s distribution before they are published, with a reason.' } },
  { zh: '申诉', en: 'appeal', means: { zh: '员工对自己结果的异议及其处理。', en: 'A member’s objection to the result, and what comes of it.' } },
  { zh: '授权、角色', en: 'grant, role', means: { zh: '角色是一组权限；授权是某用户在某机构、某段时间拥有某角色。', en: 'A role is a set of permissions; a grant gives it to a user at a unit for some days.' } },
  { zh: '权责表', en: 'responsibility table', means: { zh: '规定每项权力由总行还是分支机构行使。', en: 'Who owns each power: head office or the branches.' } },
  { zh: '课程、班次、报名、出勤', en: 'course, session, enrolment, attendance', means: { zh: '培训的内容、一次开班、参加的人、到场的记录。', en: 'What is taught, one class of it, who takes part, who was there.' } },
  { zh: '证书类型、持证', en: 'certificate type, certificate', means: { zh: '一种资格，以及员工持有的、会到期的那一份。', en: 'A qualification, and the one that a member holds until it expires.' } },
  { zh: '岗位要求', en: 'requirement', means: { zh: '岗位必须具备的课程、学时或证书。', en: 'A course, hours or certificate that a position must have.' } },
  { zh: '学习路径', en: 'learning path', means: { zh: '按顺序学习的一组课程。', en: 'Courses in an order.' } },
  { zh: '学时', en: 'credit hours', means: { zh: '一门课程计入的小时数。', en: 'The hours that a course counts for.' } },
]
