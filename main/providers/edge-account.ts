import type { AwsProfile, ListedDistribution, TriedPermission, Wants } from '#shared/add-site.ts'

/** The account of an edge's vendor, before a site is added. Methods throw `AppError` like `Edge`. */
export interface EdgeAccount {
  /** `complete`: false when there are more than are worth reading. */
  distributions(signal?: AbortSignal): Promise<{ readonly distributions: ListedDistribution[]; readonly complete: boolean }>
  /** Tries every action that is wanted, as far as that changes nothing. Throws only when no call gets through. */
  tryPermissions(distributionId: string, wants: Wants, signal?: AbortSignal): Promise<TriedPermission[]>
  close(): void
}

/** Where credentials lie on this machine. */
export interface CredentialPlaces {
  profiles(): Promise<AwsProfile[]>
  environment(): { readonly keys: boolean; readonly profile: string | null }
}
