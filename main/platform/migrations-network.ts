/** How the network is reached. One row; the password of the proxy lies in the vault. */
export const NETWORK = `
  CREATE TABLE network_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1), mode TEXT NOT NULL, proxy TEXT NOT NULL, no_proxy TEXT NOT NULL,
    sign_in_name TEXT NOT NULL, ca_file TEXT NOT NULL
  ) STRICT;
`
