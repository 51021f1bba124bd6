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
	snippet TEXT NOT NULL, 
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "events" VALUES('490ef688e3ba5683',0,'e2bdacbbe72b89f8','explosion','shelling','claimed','the army','A',0.91,'["trigger ''shelling''","place follows ''around''"]','Debaltseve','Debaltsevo','g709611','town','town','UA',48.3406,38.4444,'Donetsk','2015-01-25','2015-01-25','day','relative','on Sunday','Shelling',22,30,0,82,'DEBALTSEVO, Ukraine - Shelling went on around Debaltsevo on Sunday, the army said.');
INSERT INTO "events" VALUES('490ef688e3ba5683',1,'66cbb8b749f4a0ec','explosion','shelling','reported',NULL,'B',0.4,'[]',NULL,'Vilne',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Shells',132,138,132,173,'Shells also fell on the village of Vilne.');
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
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "mentions" VALUES('490ef688e3ba5683',0,46,56,'Debaltsevo','literal','Debaltseve','g709611','town','town','UA',48.3406,38.4444,'Donetsk',0.97,'["only one place of this name"]','[{"id":"g1","name":"Debal''tsevo-2","lon":38.5,"lat":48.4,"score":0.2}]');
INSERT INTO "mentions" VALUES('490ef688e3ba5683',1,83,89,'Moscow','metonym',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0.8,'[]','[]');
CREATE TABLE meta (
	"key" VARCHAR(40) NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('application','conflict-map');
INSERT INTO "meta" VALUES('schema','1');
INSERT INTO "meta" VALUES('revision','1');
INSERT INTO "meta" VALUES('store','a69e6aeef2054d17a6d7fdb2e0fde617');
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
	PRIMARY KEY (article, ordinal), 
	FOREIGN KEY(article) REFERENCES articles (digest) ON DELETE CASCADE
);
INSERT INTO "times" VALUES('490ef688e3ba5683',0,57,66,'on Sunday','2015-01-25','2015-01-25','day','relative');
CREATE INDEX ix_articles_text_digest ON articles (text_digest);
CREATE INDEX data_sets_article ON data_sets (article);
CREATE INDEX ix_events_id ON events (id);
COMMIT;
