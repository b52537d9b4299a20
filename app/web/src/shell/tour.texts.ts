import type { Session } from '@/lib/session'
import { type Both, defineTexts } from '@/lib/text'

export const tourTexts = defineTexts('tour', {
  tour: { zh: '导览', en: 'Tour' },
  step: { zh: '第 {n} 步，共 {total} 步', en: 'Step {n} of {total}' },
  back: { zh: '上一步', en: 'Back' },
  next: { zh: '下一步', en: 'Next' },
  done: { zh: '开始使用', en: 'Begin' },
  skip: { zh: '跳过', en: 'Skip' },
})

/** A step: what it says, and what it speaks of; of several places the first of which something is to be seen. */
export interface Step {
  title: Both
  text: Both
  at: readonly string[]
}

const task = ['.home > .section']
const pages = ['#navigation nav', '.shell-menu'] // on a phone it is folded

const find: Step = {
  at: ['.shell-tools [aria-keyshortcuts]'],
  title: { zh: '找人、找机构、找页面', en: 'Find people, units and pages' },
  text: { zh: '随时按 Ctrl+K（或 /），输入姓名、拼音、首字母、工号或页面名称。', en: 'At any time press Ctrl+K, or /, and type a name, pinyin, initials, a staff number or what a page is called.' },
}

const help: Step = {
  at: ['.shell-help'],
  title: { zh: '需要帮助时', en: 'When you need help' },
  text: { zh: '“帮助”里有您能做的事、术语和快捷键；这个导览也可以在那里再看一遍。', en: 'Help has what you can do in a few steps, the words and the keys; this tour can be seen again there.' },
}

/** The tour of each kind of user: their next task, their pages, then what everybody has. */
const tours: Record<'officer' | 'auditor' | 'administrator' | 'manager' | 'member', readonly Step[]> = {
  officer: [
    {
      at: task, title: { zh: '本月进度', en: 'The month under way' },
      text: { zh: '这里是本月所处的阶段和下一步之前还缺什么，多的排在前面；点一条就到能处理它的页面。', en: 'The stage of the month, and what stands before the next one, most first; a line leads to where it is mended.' },
    },
    {
      at: pages, title: { zh: '一个月的工作', en: 'The work of a month' },
      text: { zh: '导入目标和实际数据，收齐评价，计分，核对结果，然后发布；各页都在导航里。', en: 'Import targets and actuals, gather the reviews, calculate, look at the results, publish: each has its page in the navigation.' },
    },
    find, help,
  ],
  manager: [
    {
      at: task, title: { zh: '您的下一件事', en: 'What is next for you' },
      text: { zh: '要评价的人写到哪里了，都在这里；按钮会回到您上次停下的地方。', en: 'How far your reviews are; the button returns to where you stopped.' },
    },
    {
      at: pages, title: { zh: '您的团队', en: 'Your team' },
      text: { zh: '“团队”一眼看出谁在哪一项落后；“评价”像 Excel 一样输入，写完即保存。', en: 'Team shows at a glance who is behind in what; reviews are typed as in a spreadsheet and saved as you go.' },
    },
    find, help,
  ],
  member: [
    {
      at: task, title: { zh: '您的成绩', en: 'Your result' },
      text: { zh: '最近发布的总分和等级，以及失分最多的两项；点总分就能看到它是怎么算出来的。', en: 'Your latest total and grade, and the two items that cost most; choose the total to see how it came about.' },
    },
    {
      at: pages, title: { zh: '您的页面', en: 'Your pages' },
      text: { zh: '计分卡逐项说明目标、实际和得分；“试算”看怎样能提高，历史成绩也在这里。', en: 'The scorecard explains target, actual and points of each item; try there what would raise it. Your history is here too.' },
    },
    find, help,
  ],
  auditor: [
    {
      at: task, title: { zh: '值得先看的记录', en: 'What to look at first' },
      text: { zh: '被拒绝的操作、导出、手工调整和授权变更，最近的在前。', en: 'What was refused, what was exported, what was adjusted by hand, who was granted what: the latest first.' },
    },
    {
      at: pages, title: { zh: '从数字到来源', en: 'From a figure to its source' },
      text: { zh: '在考核结果中打开一个人，“数据来源”会追到文件和行；审计记录可按人、操作和时间查找。', en: 'Open somebody in the results and follow the lineage to the file and the row; the audit trail is searched by person, action and time.' },
    },
    find, help,
  ],
  administrator: [
    {
      at: task, title: { zh: '用户和权限', en: 'Users and rights' },
      text: { zh: '需要您处理的用户、授权或失败的任务列在这里。', en: 'Users, grants or failed jobs that wait for you are listed here.' },
    },
    {
      at: pages, title: { zh: '管理页面', en: 'The pages of administration' },
      text: { zh: '用户、授权、角色和权责表；“谁能做什么”说明一个人为什么可以或不可以。', en: 'Users, grants, roles and responsibilities; “Who may do this?” says why somebody may or may not.' },
    },
    find, help,
  ],
}

/** The steps of a user, by what they may do. */
export function stepsOf({ can }: Session): readonly Step[] {
  if (can('period.manage')) return tours.officer
  if (can('review.write')) return tours.manager
  if (can('user.manage', 'grant.manage')) return tours.administrator
  if (can('audit.read')) return tours.auditor
  return tours.member
}
