-- The ledger of camel-hh1, version 5, in SQL that SQLite, PostgreSQL and H2 understand.
-- The component runs it on first use. A database administrator can run it beforehand instead; the component then needs
-- select, insert, update and delete on these tables, and nothing else.
-- All times are milliseconds since 1970 (UTC) by the database's clock. Money is counted in millionths.

create table if not exists hh1_schema (
    version integer not null primary key
);

-- Components at work. An owner without a row is dead for good; runs that it left open are settled by others.
create table if not exists hh1_owner (
    owner varchar(64) not null primary key,
    -- Version of these tables that the component knows.
    format integer not null constraint hh1_stop_components_before_version_5 check (format >= 5),
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
    -- CLAIMED, SENT, COMPLETED, REJECTED, FAILED, UNKNOWN or FORGOTTEN.
    state varchar(16) not null,
    -- What the last claim found: the run's state, and name and time of its last attempt; null when the run was new.
    before_state varchar(16),
    before_lookup_id varchar(64),
    before_sent_at bigint,
    owner varchar(64) not null,
    claim_number bigint not null,
    -- Counts the changes of this row. Every change names the version that it was meant for.
    version bigint not null,
    -- Number of the last attempt that was sent; 0 when none was.
    attempt integer not null,
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
    -- What the last attempt reserved in hh1_budget and has neither spent nor given back.
    reserved_day varchar(10),
    reserved_seconds bigint,
    reserved_micros bigint,
    -- What was staged for it and may still be needed, since its outcome is not known: one line each, without a signature.
    staged varchar(20000),
    -- Names by which the service may know the last attempt.
    lookup_id varchar(64),
    task_id varchar(200),
    -- The sender's own text, and the group of consumers that a late result is for.
    correlation varchar(1000),
    run_group varchar(200),
    -- When the result was handed to an exchange, when it was last asked for, and which consumer hands it on until when.
    handed_at bigint,
    asked_at bigint,
    emit_owner varchar(64),
    emit_until bigint,
    -- An unknown run: when its service may be asked for it next. A sent one: when its answer was found to be missing.
    look_at bigint,
    -- 1: a look-up gave the video, or a task that was resumed.
    recovered integer
);

create index if not exists hh1_run_newest on hh1_run (created_at, run_id);

-- Lists of one state, newest first, and the few runs that are open, for recovery.
create index if not exists hh1_run_state on hh1_run (state, created_at, run_id);

-- The few runs that are to be handed on, and those that were handed on and may be shortened; 0 stands for shortened ones.
create index if not exists hh1_run_handed on hh1_run (state, handed_at);

-- What an account has spent and reserved in a day (UTC).
create table if not exists hh1_budget (
    account varchar(200) not null,
    -- 2026-01-31
    spent_day varchar(10) not null,
    seconds bigint not null,
    cost_micros bigint not null,
    primary key (account, spent_day)
);

-- Settlements that came when their run belonged to another claim or attempt. A link in it may have been paid for.
create table if not exists hh1_late (
    run_id varchar(64) not null,
    owner varchar(64) not null,
    claim_number bigint not null,
    attempt integer not null,
    -- What the run would have become.
    state varchar(16) not null,
    written_at bigint not null,
    video_url varchar(20000),
    reason varchar(2000),
    http_status integer,
    code varchar(600),
    log_id varchar(600),
    ray_id varchar(600),
    primary key (run_id, owner, claim_number, attempt, state)
);

insert into hh1_schema (version) select 5 where not exists (select 1 from hh1_schema);
