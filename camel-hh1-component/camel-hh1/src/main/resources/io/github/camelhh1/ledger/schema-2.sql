-- From version 1 to version 2 of the ledger of camel-hh1. The component runs it on first use; a database administrator can
-- run it beforehand instead.

alter table hh1_run add column staged varchar(20000);

insert into hh1_schema (version) select 2 where not exists (select 1 from hh1_schema where version = 2);
