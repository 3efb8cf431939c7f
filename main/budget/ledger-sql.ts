/**
 * Every purge on an account (`@account`), ours and what others sent, with the keys by which it is summed up and found
 * again: `site_key`, `who`, `reason` and `base_tag` (what its path items are for).
 */
export const EVERYTHING = `
  SELECT purges.id, purges.intent_at AS at, purges.site_id, purges.site_id AS site_key, purges.by AS who, purges.by AS by,
    purges.plan_id, purges.item_count, purges.state, purges.problem, purges.items_json, purges.remote_created_at AS created_at,
    'here' AS source, NULL AS install, NULL AS distribution_id, 1 AS dated, json_extract(plans.plan_json, '$.title') AS title,
    plans.id AS known_plan,
    CASE WHEN EXISTS (SELECT 1 FROM switches WHERE switches.plan_id = purges.plan_id) THEN 'deploy'
      ELSE COALESCE(json_extract(plans.selection_json, '$.kind'), 'gone') END AS reason,
    COALESCE(lower(json_extract(plans.selection_json, '$.tag')), '') AS base_tag
  FROM purges LEFT JOIN plans ON plans.id = purges.plan_id WHERE purges.account = @account
  UNION ALL
  SELECT id, created_at, site_id, COALESCE(site_id, 'distribution ' || distribution_id),
    CASE source WHEN 'outside' THEN 'outside' ELSE 'frostline ' || COALESCE(install, '') END, '', NULL, item_count, 'completed', NULL,
    items_json, created_at, source, install, distribution_id, dated, NULL, NULL, source, ''
  FROM (SELECT account_purges.*, (SELECT MIN(sites.id) FROM sites
    WHERE json_extract(sites.settings_json, '$.edge.distributionId') = account_purges.distribution_id
      AND json_extract(sites.settings_json, '$.edge.account') = account_purges.account) AS site_id
    FROM account_purges WHERE account = @account)`

/** What an item is for: its own tag, or the tag that the plan was made for; empty for plain paths. Over `json_each`. */
export const TAG_OF_ITEM = `CASE WHEN substr(item.value, 1, 1) = '#' THEN lower(substr(item.value, 2)) ELSE base_tag END`
