-- From version 2 to version 3 of the ledger of camel-hh1. The component runs it on first use; a database administrator can
-- run it beforehand instead. Stop every component of an older version first: it changes rows without raising their version.
-- SQLite needs the statements that end with "drop default" neither here nor later.

alter table hh1_owner add column format integer default 0 not null;

alter table hh1_owner alter column format drop default;

alter table hh1_run add column version bigint default 0 not null;

alter table hh1_run add column attempt integer default 0 not null;

alter table hh1_run add column lookup_id varchar(64);

alter table hh1_run add column task_id varchar(200);

alter table hh1_run add column correlation varchar(1000);

alter table hh1_run add column run_group varchar(200);

alter table hh1_run add column handed_at bigint;

alter table hh1_run add column asked_at bigint;

alter table hh1_run add column emit_owner varchar(64);

alter table hh1_run add column emit_until bigint;

-- Runs of before count as handed on.
update hh1_run set version = 1, attempt = paid_attempts, handed_at = coalesce(settled_at, created_at) where version = 0;

alter table hh1_run alter column version drop default;

alter table hh1_run alter column attempt drop default;

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

insert into hh1_schema (version) select 3 where not exists (select 1 from hh1_schema where version = 3);
