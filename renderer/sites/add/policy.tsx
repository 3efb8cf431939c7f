import { Switch, Textarea } from '@mantine/core'
import { accountOfArn, leastPolicy } from '#shared/iam-policy.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import type { DraftState } from './use-draft.ts'
import classes from './add-site.module.css'

/** The smallest IAM policy for what was chosen, to be pasted at AWS. */
export function Policy({ state: { draft, change } }: { readonly state: DraftState }) {
  const { values, distributions, rollBack, countOthers } = draft
  const chosen = distributions?.find(({ id }) => id === values.distributionId) ?? distributions?.[0]
  const publish = values.bucketUse === 'publish'
  const policy = leastPolicy({
    distributionId: values.distributionId.trim(),
    account: accountOfArn(chosen?.arn ?? ''),
    rollBack,
    countOthers,
    bucket: values.bucket.trim() === '' ? null : { name: values.bucket.trim(), prefix: values.bucketPrefix.trim(), publish },
  })
  const text = JSON.stringify(policy, null, 2)
  return (
    <div className={classes.policy}>
      <div className={classes.wants}>
        <Switch
          label="Roll back and publish: point the distribution at another release"
          checked={rollBack || publish}
          disabled={publish}
          onChange={({ currentTarget: { checked } }) => change((now) => ({ ...now, rollBack: checked }))}
        />
        <Switch
          label="Count what others purge with this account, since the free purges are the account’s"
          checked={countOthers}
          onChange={({ currentTarget: { checked } }) => change((now) => ({ ...now, countOthers: checked }))}
        />
      </div>
      <Textarea aria-label="IAM policy" readOnly rows={12} value={text} classNames={{ input: 'fl-mono' }} />
      <div className={classes.row}>
        <CopyTextButton label="Copy the policy" text={() => text} />
        <span className={classes.quiet}>
          Paste it as an inline policy of the user, role or permission set: IAM → Policies → JSON.
        </span>
      </div>
    </div>
  )
}
