import { Button } from 'antd'
import { Component, type ReactNode } from 'react'
import { Notice } from '@/components/notice'
import { stateTexts } from '@/components/states.texts'
import { useTexts } from '@/lib/text'

/** In place of a page that has broken, or that could not be fetched. */
export function Broken() {
  const say = useTexts(stateTexts)
  return (
    <Notice tone="error" title={say('broken')} heading action={<Button type="primary" onClick={() => window.location.reload()}>{say('reload')}</Button>}>
      {say('brokenHow')}
    </Notice>
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
