-- The ledger of camel-hh1, version 2, in SQL that SQLite, PostgreSQL and H2 understand.
-- The component runs it on first use. A database administrator can run it beforehand instead; the component then needs
-- select, insert, update and delete on these tables, and nothing else.
-- All times are milliseconds since 1970 (UTC) by the database's clock. Money is counted in millionths.

create table if not exists hh1_schema (
    version integer not null primary key
);

-- Who is at work. Whoever is not here, or whose lease has run out, is dead, and what it left behind is settled.
create table if not exists hh1_owner (
    owner varchar(64) not null primary key,
    lease_until bigint not null,
    renewed_at bigint not null
);

-- One row a request. It holds no prompt, no API key and no image.
create table if not exists hh1_run (
    run_id varchar(64) not null primary key,
    account varchar(200) not null,
    model varchar(200) not null,
    -- The request's key, as the sender gave it or as it was derived.
    run_key varchar(2000) not null,
    -- SHA-256 over the model, the fields that were set and the image's identity.
    fingerprint varchar(64) not null,
    video_file_name varchar(500) not null,
    seconds integer,
    cost_micros bigint,
    -- CLAIMED, SENT, COMPLETED, REJECTED, UNKNOWN or FORGOTTEN.
    state varchar(16) not null,
    -- What the last claim found; null when the run was new.
    before_state varchar(16),
    owner varchar(64) not null,
    claim_number bigint not null,
    -- Attempts that may have been paid, and why earlier ones were sent again.
    paid_attempts integer not null,
    causes varchar(10000),
    created_at bigint not null,
    sent_at bigint,
    settled_at bigint,
    -- An ending without a video.
    reason varchar(2000),
    http_status integer,
    code varchar(600),
    -- The answer. The link is whole, signature included: it is what was paid for.
    video_url varchar(20000),
    service_state varchar(600),
    key_source varchar(600),
    elapsed_millis bigint,
    cache_status varchar(600),
    log_id varchar(600),
    ray_id varchar(600),
    -- What the last claim reserved in hh1_budget and has neither spent nor given back.
    reserved_day varchar(10),
    reserved_seconds bigint,
    reserved_micros bigint,
    -- What was staged for it and may still be needed, since its outcome is not known: one line each, without a signature.
    staged varchar(20000)
);

create index if not exists hh1_run_newest on hh1_run (created_at, run_id);

-- Lists of one state, newest first, and the few runs that are open, for recovery.
create index if not exists hh1_run_state on hh1_run (state, created_at, run_id);

-- What an account has spent and reserved in a day (UTC).
create table if not exists hh1_budget (
    account varchar(200) not null,
    -- 2026-01-31
    spent_day varchar(10) not null,
    seconds bigint not null,
    cost_micros bigint not null,
    primary key (account, spent_day)
);

insert into hh1_schema (version) select 2 where not exists (select 1 from hh1_schema);
