/** Written by `pg_dump --inserts` of a database that the last version with its own table of migrations made. */
export const formerPostgres = `CREATE FUNCTION refuse_audit_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ begin raise exception 'audit rows are never changed or removed'; end $$;
CREATE TABLE api_token (
    id text NOT NULL,
    hash text NOT NULL,
    user_key text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    projects text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    last_used_at bigint,
    last_used_from text,
    revoked_at bigint,
    revoked_by text,
    session_id text
);
CREATE TABLE approval (
    id text NOT NULL,
    project_id text NOT NULL,
    provider_name text NOT NULL,
    key text NOT NULL,
    plan text NOT NULL,
    plan_hash text NOT NULL,
    network_blocks text,
    reason text NOT NULL,
    user_key text NOT NULL,
    requester text NOT NULL,
    needs text NOT NULL,
    state text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    decider text,
    decided_at bigint,
    decline_reason text,
    peering_id text,
    problem text,
    peered_blocks text
);
CREATE TABLE atlas_pace (
    project_id text NOT NULL,
    paused_until bigint NOT NULL,
    refusal text NOT NULL,
    slowness bigint NOT NULL,
    slowed_at bigint NOT NULL
);
CREATE TABLE audit_end (
    id bigint NOT NULL,
    checkpoint text NOT NULL
);
CREATE TABLE audit_key (
    id text NOT NULL,
    public_key text NOT NULL,
    sealed text NOT NULL,
    created_at bigint NOT NULL,
    from_sequence bigint NOT NULL,
    previous_id text,
    proof text NOT NULL,
    previous_proof text
);
CREATE TABLE audit_row (
    sequence bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    actor_issuer text,
    actor_subject text,
    actor_name text,
    address text,
    action text NOT NULL,
    project_id text,
    peering_id text,
    reason text,
    request_hash text,
    outcome text,
    answer_code text,
    detail text,
    before text,
    after text,
    attempt_sequence bigint,
    previous_hash text NOT NULL,
    hash text NOT NULL
);
CREATE TABLE create_intent (
    key text NOT NULL,
    user_key text NOT NULL,
    project_id text NOT NULL,
    provider_name text NOT NULL,
    body text NOT NULL,
    body_hash text NOT NULL,
    state text NOT NULL,
    known_before text NOT NULL,
    peering_id text,
    problem text,
    attempt_sequence bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    replaces text,
    process_id text
);
CREATE TABLE hand_off (
    id text NOT NULL,
    project_id text NOT NULL,
    provider_name text NOT NULL,
    peering_id text NOT NULL,
    made_for text,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    revoked_at bigint,
    revoked_by text,
    opened_count bigint NOT NULL,
    last_opened_at bigint,
    last_read_at bigint,
    pressed_count bigint NOT NULL,
    last_pressed_at bigint,
    made_by_email text,
    declined_at bigint,
    decline_reason text
);
CREATE TABLE inbox_reader (
    user_key text NOT NULL,
    read_up_to bigint NOT NULL,
    mail_events text NOT NULL
);
CREATE TABLE logout_token (
    issuer text NOT NULL,
    jti text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE TABLE migration (
    number bigint NOT NULL,
    name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE notification_item (
    message_id text NOT NULL,
    event_number bigint NOT NULL
);
CREATE TABLE notification_message (
    id text NOT NULL,
    recipient text NOT NULL,
    state text NOT NULL,
    is_test bigint NOT NULL,
    created_at bigint NOT NULL,
    due_at bigint NOT NULL,
    attempts bigint NOT NULL,
    claimed_until bigint NOT NULL,
    last_attempt_at bigint,
    last_answer text,
    quiet_until bigint NOT NULL
);
CREATE TABLE notification_route (
    id text NOT NULL,
    name text NOT NULL,
    channel text NOT NULL,
    target text NOT NULL,
    place text NOT NULL,
    projects text NOT NULL,
    clouds text NOT NULL,
    events text NOT NULL,
    created_at bigint NOT NULL,
    created_by text NOT NULL,
    off_at bigint,
    off_why text
);
CREATE TABLE observation (
    project_id text NOT NULL,
    provider_name text NOT NULL,
    peering_id text NOT NULL,
    number bigint NOT NULL,
    at bigint NOT NULL,
    after_at bigint,
    what text NOT NULL,
    status text,
    status_changed bigint NOT NULL,
    raw text
);
CREATE TABLE outbox_event (
    number bigint NOT NULL,
    at bigint NOT NULL,
    kind text NOT NULL,
    project_id text,
    provider_name text,
    peering_id text,
    data text NOT NULL,
    once text,
    routed_at bigint
);
CREATE TABLE peering_label (
    project_id text NOT NULL,
    peering_id text NOT NULL,
    label text NOT NULL,
    by_name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE peering_step (
    project_id text NOT NULL,
    peering_id text NOT NULL,
    step_id text NOT NULL,
    by_name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE polled_cloud (
    project_id text NOT NULL,
    provider_name text NOT NULL,
    holder text,
    epoch bigint DEFAULT 0 NOT NULL,
    held_until bigint DEFAULT 0 NOT NULL,
    viewed_until bigint DEFAULT 0 NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    checked_at bigint,
    checked_by text,
    watch text
);
CREATE SEQUENCE polled_version
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE preset (
    id text NOT NULL,
    project_id text NOT NULL,
    name text NOT NULL,
    draft text NOT NULL,
    by_name text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE process (
    id text NOT NULL,
    alive_until bigint NOT NULL
);
CREATE TABLE saved_view (
    id text NOT NULL,
    user_key text NOT NULL,
    name text NOT NULL,
    query text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE seen_peering (
    project_id text NOT NULL,
    provider_name text NOT NULL,
    id text NOT NULL,
    raw text NOT NULL,
    history text NOT NULL,
    begin_seen bigint NOT NULL,
    created_by text,
    first_seen_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    gone_at bigint,
    last_listed_at bigint
);
CREATE TABLE session (
    id_hash text NOT NULL,
    data text NOT NULL,
    user_key text,
    issuer text,
    subject text,
    name text,
    email text,
    provider_session text,
    address text,
    browser text,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    checking_until bigint
);
CREATE TABLE token_owner (
    user_key text NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    name text NOT NULL,
    email text,
    claims text NOT NULL,
    confirmed_at bigint NOT NULL,
    refused_at bigint
);
CREATE TABLE watched_stretch (
    id text NOT NULL,
    project_id text NOT NULL,
    provider_name text NOT NULL,
    from_at bigint NOT NULL,
    until_at bigint NOT NULL,
    problem_before text
);
INSERT INTO audit_end VALUES (1, 'audit-head-2.2.1768478401000.5e396881ec23016ad2a8c40126d834c630dc3caa62eb0658a2d4a166d78fef73.979917eea5984b382b5eaf656c3a951a.KniaOejHUO2fras3wNODqLWyDUvaZVSikkCTyiUwBSZe_uH-YkdwMynYcl5IW0a215ta2oUc-hOsUpwXkeupBA');
INSERT INTO audit_key VALUES ('979917eea5984b382b5eaf656c3a951a', 'MCowBQYDK2VwAyEALpjoM9jeBKJsrkzMffqJFeEqkZgxZIPksZatdt70MJI=', 'IXwbqKlxGxxXi_MeitbW2YQDc2GeWw2uYW8KEmv7euWub_-sGz9Ptz-5l9kbXUfEnEiaRcwLzPima1Py1jz5qi5Q8dW-vPCDbAystNz_1g21RUSZ7vW_LEAuURk', 1768478400000, 1, NULL, 'AknCwCgcPEprdiqhaj1ohBzJ9V_tCjyuSWAzDvh4FwqKbaWL4TJwItaDKjHOEIsElCosPI6iNQuUYg823bTABw', NULL);
INSERT INTO audit_row VALUES (1, 1768478400000, 'event', NULL, NULL, NULL, NULL, 'server-started', NULL, NULL, NULL, NULL, NULL, NULL, '{"atlas":"cloud.mongodb.com"}', NULL, NULL, NULL, '0000000000000000000000000000000000000000000000000000000000000000', 'd6d6147fb1ef8175453bbdcbdb349eaa26f8476b9cd66d90a0d00fd514bb1b13');
INSERT INTO audit_row VALUES (2, 1768478401000, 'event', 'https://issuer', 'nadia', 'Nadia', '192.0.2.1', 'sign-in', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'd6d6147fb1ef8175453bbdcbdb349eaa26f8476b9cd66d90a0d00fd514bb1b13', '5e396881ec23016ad2a8c40126d834c630dc3caa62eb0658a2d4a166d78fef73');
INSERT INTO migration VALUES (1, 'first-tables', 1768478400000);
INSERT INTO migration VALUES (2, 'what-becomes-of-connections', 1768478400000);
INSERT INTO migration VALUES (3, 'presets', 1768478400000);
INSERT INTO migration VALUES (4, 'views-and-declines', 1768478400000);
INSERT INTO migration VALUES (5, 'checks-of-claims', 1768478400000);
INSERT INTO migration VALUES (6, 'audit-signing', 1768478400000);
INSERT INTO migration VALUES (7, 'api-tokens', 1768478400000);
INSERT INTO migration VALUES (8, 'several-processes', 1768478400000);
INSERT INTO migration VALUES (9, 'approvals', 1768478400000);
INSERT INTO migration VALUES (10, 'notifications', 1768478400000);
INSERT INTO migration VALUES (11, 'process-of-a-create', 1768478400000);
INSERT INTO migration VALUES (12, 'session-of-a-token', 1768478400000);
INSERT INTO migration VALUES (13, 'peered-blocks', 1768478400000);
INSERT INTO peering_label VALUES ('64b1f0a27c3d5e4f8a9b0c1d', '65a1f0a27c3d5e4f8a9b0c1d', 'Checkout', 'Nadia', 1768478401000);
SELECT pg_catalog.setval('polled_version', 1, false);
ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_hash_key UNIQUE (hash);
ALTER TABLE ONLY api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (id);
ALTER TABLE ONLY approval
    ADD CONSTRAINT approval_pkey PRIMARY KEY (id);
ALTER TABLE ONLY approval
    ADD CONSTRAINT approval_project_key UNIQUE (project_id, key);
ALTER TABLE ONLY atlas_pace
    ADD CONSTRAINT atlas_pace_pkey PRIMARY KEY (project_id);
ALTER TABLE ONLY audit_end
    ADD CONSTRAINT audit_end_pkey PRIMARY KEY (id);
ALTER TABLE ONLY audit_key
    ADD CONSTRAINT audit_key_pkey PRIMARY KEY (id);
ALTER TABLE ONLY audit_row
    ADD CONSTRAINT audit_row_pkey PRIMARY KEY (sequence);
ALTER TABLE ONLY create_intent
    ADD CONSTRAINT create_intent_pkey PRIMARY KEY (key);
ALTER TABLE ONLY hand_off
    ADD CONSTRAINT hand_off_pkey PRIMARY KEY (id);
ALTER TABLE ONLY inbox_reader
    ADD CONSTRAINT inbox_reader_pkey PRIMARY KEY (user_key);
ALTER TABLE ONLY logout_token
    ADD CONSTRAINT logout_token_key PRIMARY KEY (issuer, jti);
ALTER TABLE ONLY migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);
ALTER TABLE ONLY notification_item
    ADD CONSTRAINT notification_item_key PRIMARY KEY (message_id, event_number);
ALTER TABLE ONLY notification_message
    ADD CONSTRAINT notification_message_pkey PRIMARY KEY (id);
ALTER TABLE ONLY notification_route
    ADD CONSTRAINT notification_route_name_key UNIQUE (name);
ALTER TABLE ONLY notification_route
    ADD CONSTRAINT notification_route_pkey PRIMARY KEY (id);
ALTER TABLE ONLY observation
    ADD CONSTRAINT observation_key PRIMARY KEY (project_id, provider_name, peering_id, number);
ALTER TABLE ONLY outbox_event
    ADD CONSTRAINT outbox_event_once_key UNIQUE (once);
ALTER TABLE ONLY outbox_event
    ADD CONSTRAINT outbox_event_pkey PRIMARY KEY (number);
ALTER TABLE ONLY peering_label
    ADD CONSTRAINT peering_label_key PRIMARY KEY (project_id, peering_id);
ALTER TABLE ONLY peering_step
    ADD CONSTRAINT peering_step_key PRIMARY KEY (project_id, peering_id, step_id);
ALTER TABLE ONLY polled_cloud
    ADD CONSTRAINT polled_cloud_key PRIMARY KEY (project_id, provider_name);
ALTER TABLE ONLY preset
    ADD CONSTRAINT preset_name UNIQUE (project_id, name);
ALTER TABLE ONLY preset
    ADD CONSTRAINT preset_pkey PRIMARY KEY (id);
ALTER TABLE ONLY process
    ADD CONSTRAINT process_pkey PRIMARY KEY (id);
ALTER TABLE ONLY saved_view
    ADD CONSTRAINT saved_view_name UNIQUE (user_key, name);
ALTER TABLE ONLY saved_view
    ADD CONSTRAINT saved_view_pkey PRIMARY KEY (id);
ALTER TABLE ONLY seen_peering
    ADD CONSTRAINT seen_peering_key PRIMARY KEY (project_id, provider_name, id);
ALTER TABLE ONLY session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id_hash);
ALTER TABLE ONLY token_owner
    ADD CONSTRAINT token_owner_pkey PRIMARY KEY (user_key);
ALTER TABLE ONLY watched_stretch
    ADD CONSTRAINT watched_stretch_pkey PRIMARY KEY (id);
CREATE INDEX api_token_user_key ON api_token USING btree (user_key);
CREATE INDEX approval_project ON approval USING btree (project_id, created_at);
CREATE INDEX approval_state ON approval USING btree (state);
CREATE INDEX audit_row_activity ON audit_row USING btree (sequence) WHERE (project_id IS NOT NULL);
CREATE INDEX audit_row_at ON audit_row USING btree (at);
CREATE INDEX audit_row_attempt ON audit_row USING btree (attempt_sequence);
CREATE INDEX audit_row_peering ON audit_row USING btree (peering_id, sequence);
CREATE INDEX audit_row_project ON audit_row USING btree (project_id, sequence);
CREATE INDEX create_intent_state ON create_intent USING btree (state, updated_at);
CREATE INDEX hand_off_peering ON hand_off USING btree (project_id, peering_id);
CREATE INDEX notification_message_due ON notification_message USING btree (state, due_at);
CREATE INDEX notification_message_recipient ON notification_message USING btree (recipient, created_at);
CREATE INDEX observation_at ON observation USING btree (at);
CREATE INDEX outbox_event_routed ON outbox_event USING btree (routed_at);
CREATE INDEX polled_cloud_version ON polled_cloud USING btree (version);
CREATE INDEX seen_peering_gone ON seen_peering USING btree (project_id, gone_at);
CREATE INDEX session_expiry ON session USING btree (expires_at);
CREATE INDEX session_provider ON session USING btree (issuer, provider_session);
CREATE INDEX "session_user" ON session USING btree (user_key, expires_at);
CREATE INDEX watched_stretch_cloud ON watched_stretch USING btree (project_id, provider_name, until_at);
CREATE INDEX watched_stretch_until ON watched_stretch USING btree (until_at);
CREATE TRIGGER audit_row_no_change BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_row FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
`
