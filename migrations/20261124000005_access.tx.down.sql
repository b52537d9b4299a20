DROP TABLE policy_version;
--bun:split
DROP TABLE responsibilities;
--bun:split
DROP TABLE grants;
--bun:split
DROP TABLE users;
--bun:split
DROP TABLE role_permissions;
--bun:split
DROP TABLE roles;
