import type { PageEntry, PageGroup } from '@/shell/page-list'

const hasScorecard: PageEntry['when'] = (s) => s.me.staff_no !== undefined

/** The navigation: which pages there are, under which heading, and who may open them. */
export const groups: readonly PageGroup[] = [
  { name: { zh: '首页', en: 'Home' }, pages: [{ path: '/home', name: { zh: '首页', en: 'Home' }, context: 'period' }] },
  {
    name: { zh: '我的绩效', en: 'My performance' },
    pages: [
      { path: '/me/scorecard', name: { zh: '我的计分卡', en: 'My scorecard' }, when: hasScorecard, context: 'period' },
      { path: '/me/history', name: { zh: '历史成绩', en: 'My history' }, when: hasScorecard },
    ],
  },
  {
    name: { zh: '我的团队', en: 'My team' },
    pages: [
      { path: '/team/reviews', name: { zh: '评价', en: 'Reviews' }, needs: ['review.write', 'review.peer', 'review.self'], context: 'period' },
      { path: '/team', name: { zh: '团队概览', en: 'Team' }, needs: ['review.write', 'export.run'], context: 'period and unit' },
    ],
  },
  {
    name: { zh: '月度考核', en: 'The month' },
    pages: [
      { path: '/periods', name: { zh: '考核期', en: 'Periods' }, needs: ['period.manage'], context: 'period' },
      { path: '/targets', name: { zh: '目标', en: 'Targets' }, needs: ['target.import'], context: 'period and unit' },
      { path: '/data', name: { zh: '数据', en: 'Data' }, needs: ['actual.import', 'batch.read'], context: 'period and unit' },
      { path: '/imports', name: { zh: '导入', en: 'Imports' }, needs: ['batch.read'], context: 'period' },
      { path: '/reviews', name: { zh: '评价进度', en: 'Review progress' }, needs: ['review.assign'], context: 'period and unit' },
      { path: '/runs', name: { zh: '计分运行', en: 'Runs' }, needs: ['run.create', 'run.verify'], context: 'period' },
      { path: '/results', name: { zh: '考核结果', en: 'Results' }, needs: ['export.run', 'run.verify'], context: 'period and unit' },
    ],
  },
  {
    name: { zh: '计分规则', en: 'Scoring rules' },
    pages: [
      { path: '/scorecards', name: { zh: '计分卡', en: 'Scorecards' }, needs: ['scorecard.manage'] },
      { path: '/metric-library', name: { zh: '指标', en: 'Metrics' }, needs: ['metric.manage'] },
      { path: '/rubrics', name: { zh: '评分标准', en: 'Rubrics' }, needs: ['rubric.manage'] },
      { path: '/assignments', name: { zh: '任职与计分卡', en: 'Assignments' }, needs: ['period.manage'], context: 'period and unit' },
    ],
  },
  {
    name: { zh: '组织', en: 'Organisation' },
    pages: [
      { path: '/units', name: { zh: '机构', en: 'Units' }, needs: ['unit.manage', 'user.read', 'audit.read'] },
      { path: '/staff', name: { zh: '员工', en: 'Staff' }, needs: ['staff.read'] },
    ],
  },
  { name: { zh: '审计', en: 'Audit' }, pages: [{ path: '/audit', name: { zh: '审计记录', en: 'Audit trail' }, needs: ['audit.read'] }] },
  {
    name: { zh: '管理', en: 'Administration' },
    pages: [
      { path: '/users', name: { zh: '用户', en: 'Users' }, needs: ['user.read'] },
      { path: '/grants', name: { zh: '授权', en: 'Grants' }, needs: ['grant.read'] },
      { path: '/roles', name: { zh: '角色', en: 'Roles' }, needs: ['policy.read'] },
      { path: '/responsibilities', name: { zh: '权责表', en: 'Responsibilities' }, needs: ['policy.read'] },
      { path: '/access', name: { zh: '谁能做什么', en: 'Who may do this?' }, needs: ['access.explain', 'policy.read'] },
    ],
  },
]

/** What the palette offers to do beside opening the pages above; `path` is where it is done. */
export const actions: readonly PageEntry[] = [
  { path: '/me/scorecard/what-if', name: { zh: '试算：怎样提高得分', en: 'Try what would raise my score' }, when: hasScorecard },
  { path: '/imports/new', name: { zh: '导入文件', en: 'Import a file' }, needs: ['unit.manage', 'staff.manage', 'target.import', 'actual.import', 'survey.import', 'event.import', 'adjustment.import', 'veto.import', 'review.import'] },
  { path: '/runs/compare', name: { zh: '对比两次计分', en: 'Compare two runs' }, needs: ['run.create', 'run.verify'] },
  { path: '/audit/lineage', name: { zh: '追溯一个数字的来源', en: 'Trace a figure to its source' }, needs: ['audit.read'] },
  { path: '/jobs', name: { zh: '查看任务和下载', en: 'See jobs and downloads' } },
  { path: '/me/settings', name: { zh: '设置：密码、会话、访问令牌', en: 'Settings: password, sessions, tokens' } },
  { path: '/help', name: { zh: '打开帮助', en: 'Open the help' } },
  { path: '/help/glossary', name: { zh: '查术语表', en: 'Look up a term' } },
  { path: '/help/shortcuts', name: { zh: '查看键盘快捷键', en: 'See the keyboard shortcuts' } },
]
