import type { Both } from '@/lib/text'

interface Group {
  title: Both
  keys: readonly { keys: string; does: Both }[]
}

export const shortcuts: readonly Group[] = [
  {
    title: { zh: '所有页面', en: 'Every page' },
    keys: [
      { keys: 'Ctrl+K / /', does: { zh: '搜索人员、机构和页面', en: 'Search for people, units and pages' } },
      { keys: 'Esc', does: { zh: '关闭抽屉、对话框或导航', en: 'Close a drawer, a dialog or the navigation' } },
      { keys: 'Tab / Shift+Tab', does: { zh: '下一个、上一个控件', en: 'The next or the previous control' } },
    ],
  },
  {
    title: { zh: '表格：移动', en: 'Grids: moving' },
    keys: [
      { keys: '← / ↑ / → / ↓', does: { zh: '移动到相邻单元格', en: 'Move to the next cell' } },
      { keys: 'Ctrl+← / Ctrl+→ / Ctrl+↑ / Ctrl+↓', does: { zh: '跳到边缘', en: 'Jump to the edge' } },
      { keys: 'Home / End', does: { zh: '行首、行尾', en: 'The first or the last cell of the row' } },
      { keys: 'Ctrl+Home / Ctrl+End', does: { zh: '第一个、最后一个单元格', en: 'The first or the last cell' } },
      { keys: 'PgUp / PgDn', does: { zh: '上一屏、下一屏', en: 'A screen up or down' } },
      { keys: 'Shift+← / Shift+→ / Shift+↑ / Shift+↓', does: { zh: '扩大选区', en: 'Extend the selection' } },
    ],
  },
  {
    title: { zh: '表格：编辑', en: 'Grids: editing' },
    keys: [
      { keys: 'Enter / F2', does: { zh: '编辑单元格', en: 'Edit the cell' } },
      { keys: 'Enter / Shift+Enter', does: { zh: '编辑时：确定并下移、上移', en: 'While editing: keep, and move down or up' } },
      { keys: 'Tab / Shift+Tab', does: { zh: '编辑时：确定并右移、左移', en: 'While editing: keep, and move right or left' } },
      { keys: 'Esc', does: { zh: '放弃本次编辑', en: 'Give the edit up' } },
      { keys: 'Delete', does: { zh: '清除选区', en: 'Clear the selection' } },
      { keys: 'Ctrl+C / Ctrl+X / Ctrl+V', does: { zh: '复制、剪切、粘贴（可与 Excel 互相粘贴）', en: 'Copy, cut, paste, from and to Excel too' } },
      { keys: 'Ctrl+D / Ctrl+R', does: { zh: '向下、向右填充', en: 'Fill down or right' } },
      { keys: 'Ctrl+Enter', does: { zh: '用输入的值填满选区', en: 'Fill the selection with what is typed' } },
      { keys: 'Ctrl+Z / Ctrl+Y', does: { zh: '撤销、重做', en: 'Undo, redo' } },
      { keys: 'Ctrl+F', does: { zh: '在表格中查找', en: 'Find in the grid' } },
      { keys: 'Alt+↓', does: { zh: '打开可选项', en: 'Open the choices' } },
      { keys: 'Ctrl+S', does: { zh: '立即保存', en: 'Save at once' } },
    ],
  },
]
