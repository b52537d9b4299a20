import { Button, Result } from 'antd'
import { Component, type ReactNode } from 'react'
import { useTexts } from '@/lib/text'
import { stateTexts } from '@/components/states.texts'

function Broken() {
  const say = useTexts(stateTexts)
  return (
    <Result status="error" title={say('broken')} subTitle={say('brokenHow')}
      extra={<Button type="primary" onClick={() => window.location.reload()}>{say('reload')}</Button>} />
  )
}

/** Holds what breaks in a page, so that the rest stays usable. */
export class Boundary extends Component<{ children: ReactNode; at: string }, { broken: string | undefined }> {
  override state = { broken: undefined as string | undefined }

  static getDerivedStateFromProps(props: { at: string }, state: { broken: string | undefined }) {
    return state.broken !== undefined && state.broken !== props.at ? { broken: undefined } : null
  }

  override componentDidCatch() {
    this.setState({ broken: this.props.at })
  }

  override render() {
    return this.state.broken === undefined ? this.props.children : <Broken />
  }
}
