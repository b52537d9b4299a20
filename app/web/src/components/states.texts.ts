import { defineTexts } from '@/lib/text'

export const stateTexts = defineTexts('states', {
  loading: { zh: '正在加载', en: 'Loading' },
  retry: { zh: '重试', en: 'Try again' },
  unreachable: { zh: '无法连接服务器', en: 'The server cannot be reached' },
  unreachableHow: { zh: '请检查网络后重试；已填写的内容会保留。', en: 'Check the network and try again; what you typed is kept.' },
  request: { zh: '请求编号 {id}', en: 'Request {id}' },
  copy: { zh: '复制请求编号', en: 'Copy the request id' },
  home: { zh: '回到首页', en: 'Back to home' },
  refused: { zh: '没有权限', en: 'You may not see this' },
  why: { zh: '为什么？', en: 'Why?' },
  notFound: { zh: '没有找到', en: 'Not found' },
  failed: { zh: '未能完成', en: 'That did not work' },
  noMatch: { zh: '没有符合筛选条件的记录', en: 'Nothing matches the filters' },
  clear: { zh: '清除筛选', en: 'Clear the filters' },
  broken: { zh: '页面出错了', en: 'This page has broken' },
  brokenHow: { zh: '已填写的内容会保留。请重新加载页面；如仍出错，请把页面地址告诉系统管理员。', en: 'What you typed is kept. Load the page again; if it breaks again, tell the system administrator its address.' },
  reload: { zh: '重新加载', en: 'Load again' },
})
