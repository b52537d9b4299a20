import { defineTexts } from '@/lib/text'

export const texts = defineTexts('help', {
  title: { zh: '帮助', en: 'Help' },
  lead: { zh: '您能做的事，每件几步', en: 'What you can do here, each in a few steps' },
  open: { zh: '前往', en: 'Go there' },
  openFor: { zh: '前往：{task}', en: 'Go there: {task}' },
  more: { zh: '更多', en: 'More' },
  glossary: { zh: '术语表', en: 'Glossary' },
  glossaryLead: { zh: '系统里的用词，中英对照', en: 'The words of the product, in both languages' },
  shortcuts: { zh: '键盘快捷键', en: 'Keyboard shortcuts' },
  shortcutsLead: { zh: '所有操作都能只用键盘完成', en: 'Everything can be done by keyboard alone' },
  tour: { zh: '再看一遍导览', en: 'See the tour again' },
  api: { zh: '接口说明', en: 'Reference of the API' },
  support: { zh: '遇到问题时，请把提示中的代码和请求编号告诉系统管理员。', en: 'When something fails, tell the system administrator the code and the request id of the message.' },
  search: { zh: '查找', en: 'Find' },
  terms: { zh: '术语', en: 'Terms' },
  noTerm: { zh: '没有找到这个词', en: 'There is no such term' },
  keys: { zh: '按键', en: 'Keys' },
  does: { zh: '作用', en: 'What they do' },
})
