import { Alert, Modal, Typography } from 'antd'
import type { Schema } from '@/lib/api'
import { instant } from '@/lib/format'
import { useLanguage, useTexts } from '@/lib/text'
import { texts } from './texts'

/** The one-time secret, shown this once, for its owner. */
export function Handover({ invitation, onClose }: { invitation: Schema<'Invitation'> | undefined; onClose: () => void }) {
  const say = useTexts(texts)
  const language = useLanguage()
  return (
    <Modal open={invitation !== undefined} title={say('invitation')} onCancel={onClose} footer={null} destroyOnHidden mask={{ closable: false }}>
      {invitation && (
        <div className="page">
          <Alert type="warning" showIcon title={say('invitationHow', { username: invitation.username, at: instant(invitation.expires_at, language) })} />
          {invitation.secret && <Typography.Paragraph copyable code className="secret">{invitation.secret}</Typography.Paragraph>}
          {invitation.link && <><h3>{say('link')}</h3><Typography.Paragraph copyable code className="secret">{invitation.link}</Typography.Paragraph></>}
        </div>
      )}
    </Modal>
  )
}
