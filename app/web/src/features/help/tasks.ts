import type { Both } from '@/lib/text'

/** A thing to do, in a few steps; shown to whoever holds one of the permissions, or to everybody. */
export interface Task {
  title: Both
  page: string
  needs?: readonly string[]
  steps: readonly Both[]
}

export const tasks: readonly Task[] = [
  {
    title: { zh: '给团队打分', en: 'Review your team' }, page: '/team/reviews', needs: ['review.write', 'review.peer', 'review.self'],
    steps: [
      { zh: '首页点“继续评价”，直接回到上次的单元格。', en: 'On the home page choose “Go on reviewing”: it returns to where you stopped.' },
      { zh: '输入等级（如 1–5），回车到下一人，Tab 到下一项；写完即保存，不必点保存。', en: 'Type the level (such as 1 to 5); Enter goes to the next person, Tab to the next item. Every cell is saved as you go.' },
      { zh: '最高和最低等级要写说明。也可以从 Excel 复制一整块，在左上角的单元格粘贴。', en: 'The highest and the lowest level need a comment. A block copied from Excel is pasted at its top left cell.' },
      { zh: '全部写完后点“提交”。', en: 'When all is written, hand it in.' },
    ],
  },
  {
    title: { zh: '看懂我的成绩', en: 'Understand your result' }, page: '/me/scorecard',
    steps: [
      { zh: '打开“我的计分卡”，最上面是总分和等级。', en: 'Open “My scorecard”: the total and the grade stand on top.' },
      { zh: '点任何一项，看目标、实际和算式。', en: 'Choose any item to see target, actual and how the points came about.' },
      { zh: '用“试算”看看达到某个数会得多少分；试算不影响成绩。', en: '“What if” shows what a figure would give; it changes nothing.' },
    ],
  },
  {
    title: { zh: '开启并发布一个月', en: 'Run a month' }, page: '/periods', needs: ['period.manage'],
    steps: [
      { zh: '在“考核期”开启新的一月，导入目标、实际、客户评价等文件。', en: 'Start the new month under “Periods” and import targets, actuals and surveys.' },
      { zh: '考核看板列出还差什么，每一条都能点进去处理。', en: 'The month’s page lists what is missing; each line leads to where it is mended.' },
      { zh: '评价收齐后结束收集，计分，核对结果。', en: 'When the reviews are in, end collecting, calculate, and look at the results.' },
      { zh: '输入月份确认发布。发布后每位员工都能看到自己的结果。', en: 'Type the month to publish. From then on every member sees their result.' },
    ],
  },
  {
    title: { zh: '导入文件', en: 'Import a file' }, page: '/imports', needs: ['batch.read'],
    steps: [
      { zh: '选择文件种类，拖入 xlsx 或 csv；列的顺序不限。', en: 'Choose the kind and drop an xlsx or csv file; columns may stand in any order.' },
      { zh: '先看检查结果：有错误时不会写入任何一行。', en: 'See what the check says: with errors nothing is written.' },
      { zh: '按清单改正后重新导入；导入后还可以撤销。', en: 'Mend what the list names and import again. An import can be undone.' },
    ],
  },
  {
    title: { zh: '修改计分规则', en: 'Change the scoring rules' }, page: '/scorecards', needs: ['scorecard.manage'],
    steps: [
      { zh: '在“计分卡”打开一张，改草稿：权重合计要等于 100%。', en: 'Open a scorecard and change its draft: the weights have to add up to 100%.' },
      { zh: '用上月数据试算，看谁的等级会变。', en: 'Simulate it on the last month: who would change grade?' },
      { zh: '发布新版本，选择从哪个月起生效。', en: 'Publish the version and say from which month it counts.' },
    ],
  },
  {
    title: { zh: '查一个数字的来历', en: 'Trace a figure to its source' }, page: '/audit', needs: ['audit.read'],
    steps: [
      { zh: '在“考核结果”找到员工，打开他的结果。', en: 'Find the member under “Results” and open the result.' },
      { zh: '“来历”列出每个输入的文件、工作表、行和导入人。', en: 'The lineage names the file, sheet, row and importer of every input.' },
      { zh: '“核验”用当时冻结的数据重算，并与发布的结果比较。', en: 'A verification recomputes from what was frozen and compares with what was published.' },
    ],
  },
  {
    title: { zh: '新建用户', en: 'Create a user' }, page: '/users', needs: ['user.manage'],
    steps: [
      { zh: '在“用户”新建，填写用户名和工号。', en: 'Create the user with a username and a staff number.' },
      { zh: '把一次性链接交给本人，由本人设置密码；您看不到密码。', en: 'Hand the one-time link to its owner, who sets the password; you never see it.' },
      { zh: '角色由安全管理员授予。', en: 'Roles are granted by the security administrator.' },
    ],
  },
  {
    title: { zh: '授予角色', en: 'Grant a role' }, page: '/grants', needs: ['grant.manage'],
    steps: [
      { zh: '在“授权”选择用户、角色、机构和起止日期，写明原因。', en: 'Choose the user, the role, the unit and the days, and give the reason.' },
      { zh: '用“谁能做什么”核对：它会说明为什么可以、为什么不可以。', en: 'Check under “Who may do this?”: it says why somebody may or may not.' },
    ],
  },
]
