BEGIN TRANSACTION;
CREATE TABLE articles (
	number INTEGER NOT NULL, 
	digest VARCHAR(16) NOT NULL, 
	id TEXT NOT NULL, 
	title TEXT, 
	text TEXT NOT NULL, 
	text_digest VARCHAR(16) NOT NULL, 
	url TEXT, 
	source TEXT, 
	published_start VARCHAR(10), 
	published_end VARCHAR(10), 
	published_basis VARCHAR(10), 
	published_text TEXT, 
	pipeline TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (digest)
);
INSERT INTO "articles" VALUES(1,'490ef688e3ba5683','debaltseve','Fighting for a railway town','DEBALTSEVO, Ukraine - Shelling went on around Debaltsevo on Sunday, the army said. Moscow denied that its troops were in the town.

Shells also fell on the village of Vilne.','c3d65311cb970503','https://example.org/debaltseve','Brief written for this project','2015-01-26','2015-01-26','supplied','date 2015-01-26','1');
CREATE TABLE correction_steps (
	number INTEGER NOT NULL, 
	what TEXT NOT NULL, 
	undone INTEGER NOT NULL, 
	session TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	made VARCHAR(20) NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "correction_steps" VALUES(1,'type of ''Shelling''',0,'','Ann','2026-11-29T08:50:36Z');
CREATE TABLE corrections (
	number INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	withdrawn INTEGER, 
	article VARCHAR(16) NOT NULL, 
	trigger_start INTEGER NOT NULL, 
	trigger_end INTEGER NOT NULL, 
	place_text TEXT NOT NULL, 
	action VARCHAR(12) NOT NULL, 
	place TEXT, 
	place_id VARCHAR(80), 
	place_kind VARCHAR(20), 
	place_precision VARCHAR(10), 
	country_code VARCHAR(2), 
	lat FLOAT, 
	lon FLOAT, 
	admin1 TEXT, 
	date_start VARCHAR(10), 
	date_end VARCHAR(10), 
	date_precision VARCHAR(10), 
	type VARCHAR(30), 
	note TEXT NOT NULL, 
	other_article VARCHAR(16), 
	other_trigger_start INTEGER, 
	other_trigger_end INTEGER, 
	other_place_text TEXT, 
	"by" TEXT NOT NULL, 
	made VARCHAR(20) NOT NULL, 
	"trigger" TEXT NOT NULL, 
	article_id TEXT NOT NULL, 
	title TEXT, 
	PRIMARY KEY (number), 
	FOREIGN KEY(step) REFERENCES correction_steps (number) ON DELETE CASCADE, 
	FOREIGN KEY(withdrawn) REFERENCES correction_steps (number) ON DELETE SET NULL
);
INSERT INTO "corrections" VALUES(1,1,NULL,'490ef688e3ba5683',22,30,'Debaltsevo','type',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'battle','',NULL,NULL,NULL,NULL,'Ann','2026-11-29T08:50:36Z','Shelling','debaltseve','Fighting for a railway town');
CREATE TABLE data_sets (
	name TEXT NOT NULL, 
	article VARCHAR(16) NOT NULL, 
	PRIMARY KEY (name, article), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "data_sets" VALUES('articles','490ef688e3ba5683');
CREATE TABLE events (
	article VARCHAR(16) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	id VARCHAR(80) NOT NULL, 
	type VARCHAR(30) NOT NULL, 
	sub_type TEXT, 
	status VARCHAR(12) NOT NULL, 
	speaker TEXT, 
	tier VARCHAR(1) NOT NULL, 
	confidence FLOAT NOT NULL, 
	reasons TEXT NOT NULL, 
	place TEXT, 
	place_text TEXT NOT NULL, 
	place_id VARCHAR(80), 
	place_kind VARCHAR(20), 
	place_precision VARCHAR(10), 
	country_code VARCHAR(2), 
	lat FLOAT, 
	lon FLOAT, 
	admin1 TEXT, 
	date_start VARCHAR(10), 
	date_end VARCHAR(10), 
	date_precision VARCHAR(10), 
	date_basis VARCHAR(12), 
	date_text TEXT, 
	"trigger" TEXT NOT NULL, 
	trigger_start INTEGER NOT NULL, 
	trigger_end INTEGER NOT NULL, 
	sentence_start INTEGER NOT NULL, 
	sentence_end INTEGER NOT NULL, 
	actor TEXT, 
	actor_kind VARCHAR(20), 
	target TEXT, 
	target_kind VARCHAR(20), 
	killed_low INTEGER, 
	killed_high INTEGER, 
	wounded_low INTEGER, 
	wounded_high INTEGER, 
	casualties_text TEXT, 
	incident VARCHAR(16) NOT NULL, 
	snippet TEXT NOT NULL, 
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "events" VALUES('490ef688e3ba5683',0,'e2bdacbbe72b89f8','explosion','shelling','claimed','the army','A',0.91,'["trigger ''shelling''","place follows ''around''"]','Debaltseve','Debaltsevo','g709611','town','town','UA',48.3406,38.4444,'Donetsk','2015-01-25','2015-01-25','day','relative','on Sunday','Shelling',22,30,0,82,'separatists','rebel_group','the railway town''s people','civilians',2,NULL,5,7,'at least two killed and five to seven wounded','751cd2bc5f387b1f','DEBALTSEVO, Ukraine - Shelling went on around Debaltsevo on Sunday, the army said.');
INSERT INTO "events" VALUES('490ef688e3ba5683',1,'66cbb8b749f4a0ec','explosion','shelling','reported',NULL,'B',0.4,'[]',NULL,'Vilne',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Shells',132,138,132,173,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'87eeedca755224b5','Shells also fell on the village of Vilne.');
CREATE TABLE journal (
	number INTEGER NOT NULL, 
	made VARCHAR(20) NOT NULL, 
	session TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	what VARCHAR(20) NOT NULL, 
	detail TEXT NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	PRIMARY KEY (number)
);
INSERT INTO "journal" VALUES(1,'2026-11-29T08:50:36Z','','','article','{"article":"490ef688e3ba5683","data_set":"articles","events":"76f6b31650863a5075c14ec4ded8fe19aabeca8f59add14a9d30334168557cfe","id":"debaltseve","pipeline":"1","superseded":[]}','0000000000000000000000000000000000000000000000000000000000000000','c522f7ecaf2d9cefe707b518c7f4dfe34c0f627a3c9a4d54a804614d019c61ee');
INSERT INTO "journal" VALUES(2,'2026-11-29T08:50:36Z','','Ann','correct','{"corrections":[{"action":"type","by":"Ann","key":["490ef688e3ba5683",22,30,"Debaltsevo"],"made":"2026-11-29T08:50:36Z","type":"battle"}],"step":1,"step_in_words":"type of ''Shelling''"}','c522f7ecaf2d9cefe707b518c7f4dfe34c0f627a3c9a4d54a804614d019c61ee','01027663cf329f0e05459ac23397d351cd073785bbe570d1804e7a661f6528db');
CREATE TABLE mentions (
	article VARCHAR(16) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	usage VARCHAR(12) NOT NULL, 
	place TEXT, 
	place_id VARCHAR(80), 
	place_kind VARCHAR(20), 
	place_precision VARCHAR(10), 
	country_code VARCHAR(2), 
	lat FLOAT, 
	lon FLOAT, 
	admin1 TEXT, 
	score FLOAT NOT NULL, 
	reasons TEXT NOT NULL, 
	alternatives TEXT NOT NULL, 
	lifted BOOLEAN NOT NULL, 
	offset_km FLOAT, 
	nominal BOOLEAN NOT NULL, 
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES('490ef688e3ba5683',0,46,56,'Debaltsevo','literal','Debaltseve','g709611','town','town','UA',48.3406,38.4444,'Donetsk',0.97,'["only one place of this name"]','[{"id":"g1","name":"Debal''tsevo-2","lon":38.5,"lat":48.4,"score":0.2}]',0,NULL,0);
INSERT INTO "mentions" VALUES('490ef688e3ba5683',1,83,89,'Moscow','metonym',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.8,'[]','[]',0,NULL,0);
INSERT INTO "mentions" VALUES('490ef688e3ba5683',2,121,129,'the town','literal','Debaltseve','g709611','town','town','UA',48.3406,38.4444,'Donetsk',0.97,'[]','[]',0,NULL,1);
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('application','conflict-map');
INSERT INTO "meta" VALUES('schema','4');
INSERT INTO "meta" VALUES('revision','1.3afcf94e');
INSERT INTO "meta" VALUES('corrected','1.2e21a19b');
INSERT INTO "meta" VALUES('settled','0');
INSERT INTO "meta" VALUES('joins','0');
INSERT INTO "meta" VALUES('store','b507f037ee0c4e3d82a639d81396c63d');
INSERT INTO "meta" VALUES('search','fts5');
CREATE TABLE not_plotted (
	article VARCHAR(16) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "not_plotted" VALUES('490ef688e3ba5683',0,83,89,'Moscow','metonym');
INSERT INTO "not_plotted" VALUES('490ef688e3ba5683',1,132,138,'Shells','no place');
CREATE TABLE times (
	article VARCHAR(16) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	date_start VARCHAR(10), 
	date_end VARCHAR(10), 
	precision VARCHAR(10) NOT NULL, 
	basis VARCHAR(12) NOT NULL, 
	role VARCHAR(12) NOT NULL, 
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "times" VALUES('490ef688e3ba5683',0,57,66,'on Sunday','2015-01-25','2015-01-25','day','relative','said');
CREATE TABLE unjoined (
	number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	article VARCHAR(16) NOT NULL, 
	event VARCHAR(80), 
	incident VARCHAR(16), 
	lon FLOAT, 
	lat FLOAT, 
	date_start VARCHAR(10), 
	date_end VARCHAR(10), 
	published VARCHAR(10)
);
INSERT INTO "unjoined" VALUES(1,'490ef688e3ba5683',NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE INDEX ix_articles_text_digest ON articles (text_digest);
CREATE INDEX ix_unjoined_article ON unjoined (article);
CREATE TRIGGER journal_keeps_on_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER journal_keeps_on_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE INDEX data_sets_article ON data_sets (article);
CREATE INDEX ix_events_incident ON events (incident);
CREATE INDEX events_near ON events (date_start, lat, lon);
CREATE INDEX ix_events_id ON events (id);
CREATE INDEX not_plotted_reason ON not_plotted (reason);
CREATE INDEX ix_corrections_article ON corrections (article);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('unjoined',1);
COMMIT;
