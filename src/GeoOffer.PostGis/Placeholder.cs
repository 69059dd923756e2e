namespace GeoOffer.PostGis;
