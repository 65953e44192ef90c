-- From version 3 to version 4 of the ledger of camel-hh1. The component runs it on first use; a database administrator can
-- run it beforehand instead. Stop every component of an older version first. SQLite needs neither of the statements about
-- hh1_owner: no component of an older version comes back to its file.

alter table hh1_run add column look_at bigint;

alter table hh1_run add column recovered integer;

-- The few runs that are to be handed on, and those that were handed on and may be shortened; 0 stands for shortened ones.
create index if not exists hh1_run_handed on hh1_run (state, handed_at);

-- Components of an older version are dead, and none comes back.
delete from hh1_owner where format < 4;

alter table hh1_owner add constraint hh1_stop_components_before_version_4 check (format >= 4);

insert into hh1_schema (version) select 4 where not exists (select 1 from hh1_schema where version = 4);
