import hooks from 'eslint-plugin-react-hooks'
import { defineConfig } from 'eslint/config'
import ts from 'typescript-eslint'

const colour = {
  selector: 'Literal[value=/^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i]',
  message: 'Colours come from lib/theme/tokens.',
}
const dialogs = { selector: 'CallExpression[callee.object.name="window"][callee.property.name=/^(confirm|alert|prompt)$/]', message: 'Use a dialog of the product.' }
const html = { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'Text is text.' }
const growing = { selector: 'JSXAttribute[name.name="autoSize"]', message: 'The content policy refuses its inline styles: className="growing".' }
const list = { selector: 'JSXOpeningElement[name.name="Select"]', message: 'Its list does not take the focus: components/choice.' }

/** Who may import whom: routes → features → components → lib; no feature another. */
const upward = (...folders) => ({
  'no-restricted-imports': ['error', { patterns: folders.map((f) => ({ group: [`@/${f}/*`, `@/${f}`], message: 'That is above.' })) }],
})

export default defineConfig(
  { ignores: ['dist', 'node_modules', '**/*.gen.d.ts'] },
  ts.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    rules: {
      'no-restricted-syntax': ['error', colour, dialogs, html, growing, list],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'react-hooks/incompatible-library': 'off', // it speaks for a compiler that is not used here
      'max-lines': ['error', { max: 400 }],
    },
  },
  { files: ['src/lib/**'], rules: upward('components', 'features', 'shell', 'routes') },
  { files: ['src/components/**'], rules: upward('features', 'shell', 'routes') },
  { files: ['src/features/**'], rules: upward('features', 'shell', 'routes') },
  { files: ['src/shell/**'], rules: upward('features', 'routes') },
  { files: ['src/components/choice.tsx'], rules: { 'no-restricted-syntax': ['error', colour, dialogs, html, growing] } },
  { files: ['src/lib/theme/tokens.ts', '**/*.test.*'], rules: { 'no-restricted-syntax': ['error', dialogs, html] } },
)
