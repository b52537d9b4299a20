DROP TABLE known_sources;
--bun:split
DROP TABLE sign_in_failures;
--bun:split
DROP TABLE one_time_secrets;
--bun:split
DROP TABLE api_tokens;
--bun:split
DROP TABLE sessions;
--bun:split
DROP TABLE credentials;
