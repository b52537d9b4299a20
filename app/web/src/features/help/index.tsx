import { Link } from 'react-router'
import { Page, Section } from '@/components/page'
import { useSession } from '@/lib/session'
import { useLanguage, useTexts, words } from '@/lib/text'
import { useInAddress } from '@/lib/url'
import { Input } from 'antd'
import { glossary } from './glossary'
import { shortcuts } from './shortcuts'
import { type Task, tasks } from './tasks'
import { texts } from './texts'
import './help.css'

/** Short tasks, those of one's own kind alone. */
export function HelpPage() {
  const say = useTexts(texts)
  const session = useSession()
  const mine = tasks.filter((task) => !task.needs || session.can(...task.needs))
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="columns">
        {mine.map((task) => <TaskCard key={task.title.en} task={task} />)}
        <Section title={say('more')}>
          <ul className="help-links">
            <li><Link to="/help/glossary">{say('glossary')}</Link></li>
            <li><Link to="/help/shortcuts">{say('shortcuts')}</Link></li>
            <li><Link to="/home?tour=again">{say('tour')}</Link></li>
            <li><a href="/api">{say('api')}</a></li>
          </ul>
          <p className="muted">{say('support')}</p>
        </Section>
      </div>
    </Page>
  )
}

function TaskCard({ task }: { task: Task }) {
  const say = useTexts(texts)
  useLanguage()
  return (
    <Section title={words(task.title)} extra={<Link to={task.page} aria-label={say('openFor', { task: words(task.title) })}>{say('open')}</Link>}>
      <ol className="help-steps">{task.steps.map((step) => <li key={step.en}>{words(step)}</li>)}</ol>
    </Section>
  )
}

/** The words of the product, in both languages. */
export function GlossaryPage() {
  const say = useTexts(texts)
  const language = useLanguage()
  const [asked, ask] = useInAddress('search')
  const wanted = (asked ?? '').trim().toLowerCase()
  const terms = glossary.filter((term) => [term.zh, term.en, term.means.zh, term.means.en].some((text) => text.toLowerCase().includes(wanted)))
  return (
    <Page title={say('glossary')} lead={say('glossaryLead')}>
      <label className="field help-search">
        <span>{say('search')}</span>
        <Input type="search" value={asked ?? ''} onChange={(event) => ask(event.target.value)} />
      </label>
      <Section title={say('terms')}>
        {terms.length === 0 && <p role="status">{say('noTerm')}</p>}
        <dl className="help-glossary">
          {terms.map((term) => (
            <div key={term.en}>
              <dt>
                <strong>{words(term)}</strong>
                <span className="muted" lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? term.en : term.zh}</span>
              </dt>
              <dd>{words(term.means)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </Page>
  )
}

/** The keys that the pages know. */
export function ShortcutsPage() {
  const say = useTexts(texts)
  useLanguage()
  return (
    <Page title={say('shortcuts')} lead={say('shortcutsLead')}>
      <div className="columns">
        {shortcuts.map((group) => (
          <Section key={group.title.en} title={words(group.title)}>
            <table className="plain">
              <thead><tr><th scope="col">{say('keys')}</th><th scope="col">{say('does')}</th></tr></thead>
              <tbody>
                {group.keys.map(({ keys, does }) => (
                  <tr key={keys}><td className="help-keys">{keys.split(' / ').map((combination) => <kbd key={combination}>{combination}</kbd>)}</td><td>{words(does)}</td></tr>
                ))}
              </tbody>
            </table>
          </Section>
        ))}
      </div>
    </Page>
  )
}
