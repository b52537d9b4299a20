import { Result } from 'antd'
import { Link } from 'react-router'
import { useTexts } from '@/lib/text'
import { stateTexts } from '@/components/states.texts'

/** For addresses that lead nowhere. */
export function NotFound() {
  const say = useTexts(stateTexts)
  return <Result status="404" title={<h1 className="result-title">{say('notFound')}</h1>} extra={<Link to="/home">{say('home')}</Link>} />
}
